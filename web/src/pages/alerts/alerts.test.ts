import { describe, expect, it } from "vitest";
import type { Alert, Backtest, InboxEntry, PolicyDocument } from "../../data/alerts";
import { ProblemError } from "../../data/api";
import { withEntry, withRead } from "../../data/inboxEntries";
import { eventsBehind, isAddress } from "./behind";
import { parsed, placesOf, withMatch } from "./document";
import { lasting, trialText } from "./outcome";
import { lineOf } from "./pointer";
import { sentence, toldTo } from "./sentence";
import { matchersOf, matchersText, nextMorning } from "./silence";

const ALERT: Alert = {
  alert_id: "a1",
  policy: "error_burst",
  policy_version: 0,
  state: "resolved",
  severity: "high",
  title: "burst",
  message: "",
  runbook: "",
  labels: { project_id: "pf,1", team: "core" },
  events: 250,
  value: 120,
  event_ids: ["e-1", "e-2"],
  flapping: false,
  started_at: "2026-11-25T14:00:00Z",
  fired_at: "2026-11-25T14:00:00Z",
  last_event_at: "2026-11-25T14:02:00Z",
  acknowledged_at: null,
  acknowledged_by: null,
  resolved_at: "2026-11-25T14:10:00Z",
  resolved_by: null,
  comment: null,
};

function policy(members: object): PolicyDocument {
  return { policy: "p", ...members } as PolicyDocument;
}

function at(time: string): string {
  return new Date(nextMorning(Date.parse(time), "Asia/Kolkata")).toISOString();
}

function entry(number: number, unread = true): InboxEntry {
  return { number, unread } as InboxEntry;
}

describe("the events behind an alert", () => {
  const now = Date.parse("2026-11-25T15:00:00Z");
  const burst = policy({ match: "status:error", condition: { kind: "count", window: "5m", by: ["project_id"] } });

  it("are those that the policy matches over its time, where not all ids are known", () => {
    expect(eventsBehind(ALERT, burst, now)).toEqual({
      range: "2026-11-25T13:54:00Z..2026-11-25T14:11:00Z",
      q: "status:error",
      project_id: '"pf,1"',
    });
  });

  it("are exactly those with its ids else, and end now at the latest", () => {
    const two = { ...ALERT, events: 2, resolved_at: "2026-11-25T16:00:00Z" };
    expect(eventsBehind(two, burst, now)).toEqual({
      range: "2026-11-24T14:00:00Z..2026-11-25T15:01:00Z",
      event_id: "e-1,e-2",
    });
  });

  it("can be shown where the policy is not known any more", () => {
    expect(eventsBehind(ALERT, undefined, now).q).toBeUndefined();
    expect(eventsBehind(ALERT, undefined, now).project_id).toBe('"pf,1"');
  });
});

describe("a policy in words", () => {
  it.each([
    [{ condition: { kind: "event", by: ["project_id", "event_id"] } }, "Every event, for each project_id and event_id"],
    [{ condition: { kind: "first_seen", by: ["engine"] } }, "An error of a new kind, for each engine"],
    [{ condition: { kind: "regression", by: ["project_id"] } }, "A group of errors that was resolved and is back, for each project_id"],
    [{ condition: { kind: "escalation" } }, "A group of errors that is more frequent than its history lets expect"],
    [{ condition: { kind: "spike" } }, "A spike in performance"],
    [{ condition: { kind: "no_data", window: "10m" }, for: "2m" }, "No event within 10m, for each project_id, for 2m on end"],
    [
      { condition: { kind: "count", window: "5m" }, thresholds: [{ severity: "high", value: 100 }, { severity: "critical", value: 1000 }] },
      "At least 100 (high) or 1,000 (critical) events within 5m, for each project_id",
    ],
    [
      { condition: { kind: "error_share", window: "5m", by: [] }, thresholds: [{ severity: "high", value: 0.055 }] },
      "At least 5.5 % (high) of events failed within 5m",
    ],
    [
      { condition: { kind: "percentile", window: "5m", quantile: 0.999, compare: "at_most" }, thresholds: [{ severity: "low", value: 2 }] },
      "The p99.9 of duration_ms over 5m is at most 2 (low), for each project_id",
    ],
    [{ condition: { kind: "distinct", window: "1h", field: "host" } }, "At least … different values of host within 1h, for each project_id"],
  ])("says what it watches for: %j", (members, words) => {
    expect(sentence(policy(members))).toBe(words);
  });

  it.each([null, 1, [], {}, { condition: [] }, { condition: { kind: 3, by: 7 }, thresholds: "x" }])("bears a draft: %j", (draft) => {
    expect(sentence(draft)).not.toBe("");
    expect(toldTo(draft)).toBe("ui");
  });

  it("says who hears of it", () => {
    const notify = { channels: ["ui", "team", "mail"], escalate: { after: "30m", channels: ["pager"] } };
    expect(toldTo(policy({ notify }))).toBe("ui, team and mail, and pager after 30m");
  });
});

describe("a place in a document", () => {
  const text = `{
  "policy": "p",
  "note": "not /condition: {\\"kind\\"",
  "condition": {
    "by": ["project_id", "engine"],
    "kind": "count"
  },
  "thresholds": [
    {"severity": "high"},
    {
      "value": 3
    }
  ]
}`;

  it.each([
    ["/policy", 2],
    ["/condition", 4],
    ["/condition/kind", 6],
    ["/condition/window", 4],
    ["/thresholds/0/severity", 9],
    ["/thresholds/1/value", 11],
    ["/thresholds/1/recovery", 10],
    ["/kind", 1],
    ["", 1],
  ])("%s is in line %i", (pointer, line) => {
    expect(lineOf(text, pointer)).toBe(line);
  });

  it("is found in a text that is no JSON yet", () => {
    expect(lineOf('{\n"a": [1,\n{"b": "un', "/a/1/b")).toBe(3);
    expect(lineOf("", "/a")).toBe(1);
  });

  it("is where the server says, inside of the request of a trial, too", () => {
    const errors = [{ pointer: "/policy/condition/kind", detail: "no" }];
    const problem = { type: "invalid-backtest", title: "", status: 400, detail: "", errors };
    expect(placesOf(text, new ProblemError(problem))).toEqual([{ line: 6, pointer: "/condition/kind", detail: "no" }]);
    const put = { ...problem, type: "invalid-policy", errors: [{ pointer: "/policy", detail: "no" }] };
    expect(placesOf(text, new ProblemError(put))).toEqual([{ line: 2, pointer: "/policy", detail: "no" }]);
  });

  it("is where it stops being JSON", () => {
    expect(parsed(text).document?.policy).toBe("p");
    expect(parsed("[]")).toEqual({ error: "A JSON object was expected", line: 1 });
    expect(parsed('{\n  "a": 1,\n  b\n}')).toMatchObject({ line: 3 });
  });
});

describe("a trial", () => {
  const trial = { fired: 3, firing_seconds: 2460, groups: 2, notified: 1, events: 12 } as Backtest;

  it("is told in one sentence", () => {
    expect(trialText(trial)).toBe("Would have fired 3 times, 41 min in all, 2 groups, 1 notification after grouping and silences");
    expect(trialText({ ...trial, fired: 0 })).toBe("Would not have fired");
  });

  it.each([
    [59, "59 s"],
    [60, "1 min"],
    [7200, "2.0 h"],
    [432_000, "5.0 d"],
  ])("%i seconds are %s", (seconds, text) => {
    expect(lasting(seconds)).toBe(text);
  });
});

describe("a silence", () => {
  it("lasts until the next morning, which is the same day's at night", () => {
    expect(at("2026-11-25T12:00:00Z")).toBe("2026-11-26T02:30:00.000Z");
    expect(at("2026-11-25T20:00:00Z")).toBe("2026-11-26T02:30:00.000Z");
    expect(at("2026-11-26T00:29:00Z")).toBe("2026-11-26T02:30:00.000Z");
    expect(at("2026-11-26T00:31:00Z")).toBe("2026-11-27T02:30:00.000Z");
  });

  it("means alerts that are like one", () => {
    expect(matchersText(matchersOf(ALERT))).toBe("policy = error_burst and project_id = pf,1 and team = core");
  });
});

describe("the inbox", () => {
  it("takes what comes, once, the newest first, and not without end", () => {
    const page = withEntry({ unread: 1, entries: [entry(2), entry(1)] }, entry(3), 2);
    expect(page.entries.map((each) => each.number)).toEqual([3, 2, 1]);
    expect(withEntry(page, entry(3), 2).entries).toHaveLength(3);
    const many = Array.from({ length: 40 }, (_, number) => number).reduce((all, number) => withEntry(all, entry(number), number), page);
    expect(many.entries).toHaveLength(20);
    expect(many.unread).toBe(39);
  });

  it("knows what was read", () => {
    const read = withRead({ unread: 3, entries: [entry(3), entry(2), entry(1)] }, 2, 1);
    expect(read).toEqual({ unread: 1, entries: [entry(3), entry(2, false), entry(1, false)] });
  });
});

describe("a runbook", () => {
  it.each(["javascript:alert(1)", "data:text/html,x", "//x", "/local", "http://", "see the wiki"])("%s is text", (text) => {
    expect(isAddress(text)).toBe(false);
  });

  it("at an address of the web is led to", () => {
    expect(isAddress("https://wiki.example/run?book=1")).toBe(true);
  });
});

describe("another match", () => {
  it.each([
    // What is written | and with the match a:"b" AND \\
    ['{\n  "policy": "p",\n  "match" : "x:\\"y\\"",\n  "severity": "high"\n}', '{\n  "policy": "p",\n  "match" : "a:\\"b\\" AND \\\\",\n  "severity": "high"\n}'],
    ['{"policy":"p","labels":{"match":"l"},"match":"x"}', '{\n  "policy": "p",\n  "labels": {\n    "match": "l"\n  },\n  "match": "a:\\"b\\" AND \\\\"\n}'],
    ['{"policy":"p"}', '{\n  "policy": "p",\n  "match": "a:\\"b\\" AND \\\\"\n}'],
    ['{"policy":"p","match":7}', '{\n  "policy": "p",\n  "match": "a:\\"b\\" AND \\\\"\n}'],
  ])("leaves the rest of %s as it is", (text, after) => {
    const document = parsed(text).document;
    expect(document).toBeDefined();
    expect(document && withMatch(text, document, 'a:"b" AND \\')).toBe(after);
  });
});
