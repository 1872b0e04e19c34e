package io.puraify.blackbox.server.config;

import io.puraify.blackbox.core.Retention;
import io.puraify.blackbox.engine.collector.RedactionOptions;
import io.puraify.blackbox.engine.query.QueryLimits;
import io.puraify.blackbox.journal.Sync;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be set on a server.
 *
 * @param http where the server listens
 * @param dataDir the folder of the journal, the events and the state
 * @param store the name of the event store, one of those the server has
 * @param journal how the journal is kept
 * @param retention how long events are kept
 * @param duckDb how the embedded store works
 * @param queries what queries may take
 * @param maxTailReaders readers of the live tail at once, ≥ 1
 * @param errorsEnabled whether errors are put into groups
 * @param errorStoring which errors are stored
 * @param errorsRules a file with the rules for that
 * @param alerts who is told of what
 * @param forwarding where events are forwarded to
 * @param audit whether and how events are proven
 * @param redaction which secrets are masked
 * @param recordings what is kept of recordings of pages
 * @param logging what the server says of itself
 * @param all the same as texts, each with who says so, in the order of {@link Setting#ALL}
 */
public record Settings(
    Http http,
    Path dataDir,
    String store,
    JournalSettings journal,
    Retention retention,
    DuckDb duckDb,
    QueryLimits queries,
    int maxTailReaders,
    boolean errorsEnabled,
    ErrorStoring errorStoring,
    Optional<Path> errorsRules,
    Alerts alerts,
    Forwarding forwarding,
    Audit audit,
    RedactionOptions redaction,
    RecordingSettings recordings,
    Logging logging,
    List<SettingInForce> all) {

  public Settings {
    all = List.copyOf(all);
  }

  /**
   * Where the server listens.
   *
   * @param host a name or an address
   * @param port 0 to 65535; 0 picks a free one
   */
  public record Http(String host, int port) {}

  /**
   * How the journal is kept.
   *
   * @param sync when an event is acknowledged
   * @param maxBytes the most that the journal takes on disk
   */
  public record JournalSettings(Sync sync, long maxBytes) {}

  /**
   * How DuckDB works.
   *
   * @param threads for loading and queries, ≥ 1
   * @param memoryLimit of DuckDB's own memory, outside of the Java heap, such as {@code 512MiB}
   */
  public record DuckDb(int threads, String memoryLimit) {}

  /**
   * Who is told of what.
   *
   * @param channels a file with the channels, besides the one of the UI
   * @param policies a file with policies, or a folder of such
   * @param privateAddresses whether channels may lead to addresses that are not public
   */
  public record Alerts(
      Optional<Path> channels, Optional<Path> policies, boolean privateAddresses) {}

  /**
   * Where events are forwarded to.
   *
   * @param destinations a file with the destinations; nowhere without
   * @param privateAddresses whether they may be at addresses that are not public
   */
  public record Forwarding(Optional<Path> destinations, boolean privateAddresses) {}

  /**
   * How events are proven.
   *
   * @param enabled whether they are
   * @param anchorFile to which checkpoints are also written, or {@code null}
   * @param anchorUrl who is told of checkpoints
   * @param anchorSecret what that is signed with; empty for no signature
   */
  public record Audit(
      boolean enabled, @Nullable Path anchorFile, Optional<URI> anchorUrl, String anchorSecret) {}

  /**
   * What is kept of recordings of pages.
   *
   * @param maskInputs whether what people type and choose is masked
   * @param maxChunkBytes the most that a chunk has, before compression
   * @param maxSessionBytes the most that is recorded of a session, before compression
   * @param maxBytes the most that all take, compressed
   */
  public record RecordingSettings(
      boolean maskInputs, long maxChunkBytes, long maxSessionBytes, long maxBytes) {}

  /**
   * What the server says of itself on standard error.
   *
   * @param level the least level that is written: {@code error}, {@code warn}, {@code info}, {@code
   *     debug} or {@code trace}
   */
  public record Logging(String level, Format format) {

    /** How a log line looks. */
    public enum Format {
      /** For people. */
      TEXT,
      /** One JSON object a line. */
      JSON
    }
  }
}
