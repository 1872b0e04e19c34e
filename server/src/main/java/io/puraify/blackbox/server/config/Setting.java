package io.puraify.blackbox.server.config;

import io.puraify.blackbox.journal.Sync;
import io.puraify.blackbox.server.config.Settings.Logging;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One thing that can be set: {@code http.port} in the file is {@code BLACKBOX_HTTP_PORT} among the
 * variables and {@code --http-port} among the flags.
 *
 * @param name in the file; where {@code named}, a name of the user's own follows it
 * @param defaultText what it is where nobody sets it; empty for none and where {@code named}
 * @param named whether there are several of it, as {@code retention.projects.NAME}
 * @param description a sentence or two for people who run a server
 */
public record Setting<T>(
    String name, SettingType<T> type, String defaultText, boolean named, String description) {

  /** What all variables begin with. */
  static final String VARIABLE_PREFIX = "BLACKBOX_";

  static final Setting<String> HTTP_HOST =
      one(
          "http.host",
          SettingType.HOST,
          "127.0.0.1",
          "Where the server listens. 0.0.0.0 is every address of the machine.");

  static final Setting<Integer> HTTP_PORT =
      one("http.port", SettingType.PORT, "7070", "The port there; 0 picks a free one.");

  static final Setting<Path> DATA_DIR =
      one(
          "data.dir",
          SettingType.FOLDER,
          "data",
          "The folder of everything that is kept; made where there is none. One process a folder.");

  static final Setting<String> STORE =
      one("store", SettingType.oneOf("duckdb"), "duckdb", "Where events are kept and searched.");

  static final Setting<Sync> JOURNAL_SYNC =
      one(
          "journal.sync",
          SettingType.oneOf(Sync.class),
          "always",
          "When an event is acknowledged: always, when the disk has it; interval, when the"
              + " operating system has it, which gives it to the disk every 10 ms.");

  static final Setting<Long> JOURNAL_MAX_BYTES =
      one(
          "journal.max.bytes",
          SettingType.size(1 << 20),
          "4GiB",
          "The most that the journal takes on disk. Senders are told to wait when what is not"
              + " stored yet reaches it.");

  static final Setting<Integer> RETENTION_DAYS =
      one(
          "retention.days",
          SettingType.DAYS,
          "0",
          "For how many days events are kept, counted from their own time; 0 is for ever.");

  static final Setting<Integer> RETENTION_PROJECTS =
      several(
          "retention.projects", SettingType.DAYS, "The same for the project of this project_id.");

  static final Setting<Integer> DUCKDB_THREADS =
      one(
          "duckdb.threads",
          SettingType.THREADS,
          "0",
          "Threads for loading and queries; 0 is as many as there are processors.");

  static final Setting<Long> DUCKDB_MEMORY =
      one(
          "duckdb.memory",
          SettingType.size(64 << 20),
          "512MiB",
          "The most memory that DuckDB takes, besides the Java heap.");

  static final Setting<Duration> QUERY_TIMEOUT =
      one(
          "query.timeout",
          SettingType.TIME,
          "30s",
          "How long a query may take, the time included that it waits for its turn; an export, each"
              + " of its pages.");

  static final Setting<Integer> QUERY_MAX_RUNNING =
      one(
          "query.max.running",
          SettingType.RUNNING,
          "0",
          "Queries that run at once; others wait, in the order in which they come. 0 is twice the"
              + " processors, and at least 4.");

  static final Setting<Integer> QUERY_MAX_WAITING =
      one(
          "query.max.waiting",
          SettingType.count(0),
          "100",
          "Queries that wait for their turn at most; more are refused with 429.");

  static final Setting<Integer> TAIL_MAX_READERS =
      one(
          "tail.max.readers",
          SettingType.count(1),
          "500",
          "Readers of the live tail at once; more are refused with 429.");

  static final Setting<Boolean> ERRORS_ENABLED =
      one(
          "errors.enabled",
          SettingType.SWITCH,
          "true",
          "Whether errors are put into groups as they come. Where processors are short, that stands"
              + " back behind recording, and groups come later.");

  static final Setting<ErrorStoring> ERRORS_STORE =
      one(
          "errors.store",
          SettingType.oneOf(ErrorStoring.class),
          "all",
          "Which errors are stored: all; or collapse, of those of a group and second that come"
              + " together the first, with the count of all. Counts stay exact.");

  static final Setting<Optional<Path>> ERRORS_RULES =
      one(
          "errors.rules",
          SettingType.FILE,
          "",
          "A YAML or JSON file with the rules by which errors are put into groups; without it, those"
              + " of the API.");

  static final Setting<Optional<Path>> ALERTS_CHANNELS =
      one(
          "alerts.channels",
          SettingType.FILE,
          "",
          "A YAML or JSON file with the channels that alerts are told on, besides the one of the"
              + " UI.");

  static final Setting<Optional<Path>> ALERTS_POLICIES =
      one(
          "alerts.policies",
          SettingType.FILE,
          "",
          "A YAML or JSON file with alert policies, or a folder of such files.");

  static final Setting<Boolean> ALERTS_PRIVATE_ADDRESSES =
      one(
          "alerts.private.addresses",
          SettingType.SWITCH,
          "false",
          "Whether channels and audit.anchor.url may lead to loopback, link-local and private"
              + " addresses.");

  static final Setting<Optional<Path>> FORWARD_DESTINATIONS =
      one(
          "forward.destinations",
          SettingType.FILE,
          "",
          "A YAML or JSON file with the systems that events are forwarded to, such as Datadog and"
              + " Sentry.");

  static final Setting<Boolean> FORWARD_PRIVATE_ADDRESSES =
      one(
          "forward.private.addresses",
          SettingType.SWITCH,
          "false",
          "Whether these may be at loopback, link-local and private addresses.");

  static final Setting<Boolean> AUDIT_ENABLED =
      one(
          "audit.enabled",
          SettingType.SWITCH,
          "true",
          "Whether it can be proven that no event was altered or removed. What is removed or comes"
              + " while it is off cannot be proven later.");

  static final Setting<Optional<Path>> AUDIT_ANCHOR =
      one(
          "audit.anchor",
          SettingType.FILE,
          "",
          "A file to which each checkpoint of the audit trail is also appended, best on another"
              + " machine's disk: it shows when the whole data folder was set back.");

  static final Setting<Optional<URI>> AUDIT_ANCHOR_URL =
      one(
          "audit.anchor.url",
          SettingType.ADDRESS,
          "",
          "Who is told of each checkpoint by an HTTP POST, in order and until they have it: a"
              + " webhook of Engine Control, or of anybody who keeps it.");

  static final Setting<String> AUDIT_ANCHOR_SECRET =
      one(
          "audit.anchor.secret",
          SettingType.TEXT,
          "",
          "What these requests are signed with, as those of the webhook channel are; without it,"
              + " they are not.");

  static final Setting<Set<String>> REDACTION_DISABLED =
      one(
          "redaction.disabled",
          SettingType.REDACTION_RULES,
          "",
          "Built-in rules for secrets that are switched off.");

  static final Setting<Set<String>> REDACTION_KEYS =
      one(
          "redaction.keys",
          SettingType.NAMES,
          "",
          "Further names of fields whose values are masked.");

  static final Setting<Pattern> REDACTION_PATTERNS =
      several(
          "redaction.patterns",
          SettingType.PATTERN,
          "What matches inside text is masked as [redacted:NAME].");

  static final Setting<Boolean> RECORDINGS_MASK_INPUTS =
      one(
          "recordings.mask.inputs",
          SettingType.SWITCH,
          "true",
          "Whether what people type and choose is masked in recordings of pages. Passwords and"
              + " secrets always are.");

  static final Setting<Long> RECORDINGS_MAX_CHUNK_BYTES =
      one(
          "recordings.max.chunk.bytes",
          SettingType.size(64 << 10),
          "4MiB",
          "The most that one chunk of a recording has, before compression; whoever sends"
              + " more is told to send smaller ones.");

  static final Setting<Long> RECORDINGS_MAX_SESSION_BYTES =
      one(
          "recordings.max.session.bytes",
          SettingType.size(1 << 20),
          "64MiB",
          "The most that is recorded of a session, before compression.");

  static final Setting<Long> RECORDINGS_MAX_BYTES =
      one(
          "recordings.max.bytes",
          SettingType.size(16 << 20),
          "4GiB",
          "The most that all recordings take, compressed. The oldest make room for new ones.");

  static final Setting<String> LOG_LEVEL =
      one(
          "log.level",
          SettingType.oneOf("error", "warn", "info", "debug", "trace"),
          "info",
          "The least level of what the server writes about itself on standard error.");

  static final Setting<Logging.Format> LOG_FORMAT =
      one(
          "log.format",
          SettingType.oneOf(Logging.Format.class),
          "text",
          "How it writes that: text for people, or json, an object a line.");

  /** All of them, in the order in which they are explained. */
  public static final List<Setting<?>> ALL =
      List.of(
          HTTP_HOST,
          HTTP_PORT,
          DATA_DIR,
          STORE,
          JOURNAL_SYNC,
          JOURNAL_MAX_BYTES,
          RETENTION_DAYS,
          RETENTION_PROJECTS,
          DUCKDB_THREADS,
          DUCKDB_MEMORY,
          QUERY_TIMEOUT,
          QUERY_MAX_RUNNING,
          QUERY_MAX_WAITING,
          TAIL_MAX_READERS,
          ERRORS_ENABLED,
          ERRORS_STORE,
          ERRORS_RULES,
          ALERTS_CHANNELS,
          ALERTS_POLICIES,
          ALERTS_PRIVATE_ADDRESSES,
          FORWARD_DESTINATIONS,
          FORWARD_PRIVATE_ADDRESSES,
          AUDIT_ENABLED,
          AUDIT_ANCHOR,
          AUDIT_ANCHOR_URL,
          AUDIT_ANCHOR_SECRET,
          REDACTION_DISABLED,
          REDACTION_KEYS,
          REDACTION_PATTERNS,
          RECORDINGS_MASK_INPUTS,
          RECORDINGS_MAX_CHUNK_BYTES,
          RECORDINGS_MAX_SESSION_BYTES,
          RECORDINGS_MAX_BYTES,
          LOG_LEVEL,
          LOG_FORMAT);

  private static <T> Setting<T> one(
      String name, SettingType<T> type, String defaultText, String description) {
    return new Setting<>(name, type, defaultText, false, description);
  }

  private static <T> Setting<T> several(String name, SettingType<T> type, String description) {
    return new Setting<>(name, type, "", true, description);
  }

  /** The variable that sets it; where it is {@link #named}, followed by {@code _} and the name. */
  public String variable() {
    return VARIABLE_PREFIX + name.toUpperCase(Locale.ROOT).replace('.', '_');
  }

  /** The flag that sets it; where it is {@link #named}, its value is {@code NAME=VALUE}. */
  public String flag() {
    return "--" + name.replace('.', '-');
  }

  /** A word for its values, such as {@code PORT}. */
  public String label() {
    return type.label();
  }
}
