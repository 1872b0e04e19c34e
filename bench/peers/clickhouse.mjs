// Loads a file of events into ClickHouse, in this very process, and measures it.
//
//   node clickhouse.mjs FILE FOLDER QUESTIONS
//
// FOLDER is replaced. QUESTIONS is JSON: {"warmUps": n, "requests": n, "newest_errors":
// [{"project_id": …, "session_id": …, "trace_id": …, "word": …}, …], …}; a question is asked with
// each of its choices in turn. Prints one line of JSON: what took how long, in milliseconds, how many
// events each answer lists or counts, and how many bytes it takes on disk.

import { rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { Session } from "chdb";

const LABELS = [
  "event_type",
  "engine",
  "platform",
  "action",
  "status",
  "severity",
  "error_type",
  "flow_id",
  "step_id",
  "environment",
  "version",
  "host",
];

// ZSTD(1) is what ClickHouse's own schemas for logs use.
const COLUMNS = [
  "project_id LowCardinality(String) CODEC(ZSTD(1))",
  "timestamp DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1))",
  ...LABELS.map((name) => `${name} LowCardinality(String) CODEC(ZSTD(1))`),
  ...["message", "stack_trace", "user_id", "session_id", "trace_id"].map(
    (name) => `${name} String CODEC(ZSTD(1))`,
  ),
  "duration_ms UInt32 CODEC(ZSTD(1))",
  "retries UInt8 CODEC(ZSTD(1))",
];

const INDEXES = [
  // In lower case as in ClickHouse's own schemas for logs; of this size it is the quickest here.
  "INDEX by_word lower(message) TYPE tokenbf_v1(4096, 3, 0) GRANULARITY 1",
  "INDEX by_session session_id TYPE bloom_filter(0.01) GRANULARITY 1",
  "INDEX by_trace trace_id TYPE bloom_filter(0.01) GRANULARITY 1",
];

// Their rows say how many events they are of.
const COUNTS = {
  histogram: () =>
    `SELECT toStartOfMinute(timestamp) AS minute, status, count() AS n FROM bench.events
     GROUP BY minute, status ORDER BY minute`,
  // As quick as the sampled quantiles(), and within 1 %, as near as Blackbox comes.
  percentiles: () =>
    `SELECT engine, platform, count() AS n,
       quantilesBFloat16(0.5, 0.95, 0.99)(duration_ms) AS percentiles
     FROM bench.events GROUP BY engine, platform ORDER BY n DESC`,
  rare_word: ({ word }) =>
    `SELECT count() AS n FROM bench.events
     WHERE hasToken(lower(message), ${text(word.toLowerCase())})`,
  top_users: () =>
    `SELECT user_id, count() AS n FROM bench.events WHERE status = 'error'
     GROUP BY user_id ORDER BY n DESC LIMIT 10`,
};

const SQL = {
  newest: () => "SELECT * FROM bench.events ORDER BY timestamp DESC LIMIT 100",
  newest_errors: ({ project_id }) =>
    `SELECT * FROM bench.events WHERE project_id = ${text(project_id)} AND status = 'error'
     ORDER BY timestamp DESC LIMIT 100`,
  session: ({ session_id }) =>
    `SELECT * FROM bench.events WHERE session_id = ${text(session_id)} ORDER BY timestamp`,
  missing_trace: ({ trace_id }) =>
    `SELECT * FROM bench.events WHERE trace_id = ${text(trace_id)}`,
  ...COUNTS,
};

const [file, folder, questions] = process.argv.slice(2);
rmSync(folder, { recursive: true, force: true });
const session = new Session(folder);
session.query("CREATE DATABASE bench");
session.query(
  `CREATE TABLE bench.events (${[...COLUMNS, ...INDEXES].join(", ")})
   ENGINE = MergeTree ORDER BY (project_id, timestamp)`,
);
const load = timed(() =>
  session.query(
    `INSERT INTO bench.events SELECT * FROM file(${text(file)}, 'JSONEachRow')
     SETTINGS date_time_input_format = 'best_effort',
       max_insert_threads = ${availableParallelism()}`,
  ),
);
const events = Number(one("SELECT count() AS n FROM bench.events").n);
const bytes = bytesOnDisk();
session.query("OPTIMIZE TABLE bench.events FINAL");
const mergedBytes = bytesOnDisk();
const answers = ask(JSON.parse(questions));
console.log(
  JSON.stringify({
    version: one("SELECT version() AS v").v,
    events,
    loadMillis: load.millis,
    bytes,
    mergedBytes,
    answers,
    mostResidentKib: process.resourceUsage().maxRSS,
  }),
);
session.close();

function ask({ warmUps, requests, ...asked }) {
  const answers = {};
  for (const [name, choices] of Object.entries(asked)) {
    const sql = (i) => SQL[name](choices[i % choices.length]);
    const run = (i) => timed(() => session.query(sql(i), "JSONEachRow"));
    for (let i = 0; i < warmUps; i++) {
      run(i);
    }
    const runs = Array.from({ length: requests }, (_, i) => run(i));
    answers[name] = {
      millis: runs.map((answer) => answer.millis),
      events: runs.map((answer) => eventsOf(name, rowsOf(answer.result))),
    };
  }
  return answers;
}

function rowsOf(result) {
  return result.split("\n").filter(Boolean).map((row) => JSON.parse(row));
}

// How many events an answer lists, or counts.
function eventsOf(name, rows) {
  return name in COUNTS ? rows.reduce((sum, row) => sum + Number(row.n), 0) : rows.length;
}

function bytesOnDisk() {
  return Number(
    one(
      `SELECT sum(bytes_on_disk) AS bytes FROM system.parts
       WHERE active AND database = 'bench' AND table = 'events'`,
    ).bytes,
  );
}

function one(sql) {
  return JSON.parse(session.query(sql, "JSONEachRow"));
}

function timed(work) {
  const began = performance.now();
  const result = work();
  return { result, millis: performance.now() - began };
}

function text(value) {
  return `'${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
