package io.puraify.blackbox.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SettingTest {

  @Test
  void namesAndDefaultsStayAsTheyAre() {
    String all =
        Setting.ALL.stream()
            .map(setting ->
                "%s %s %s %s"
                    .formatted(
                        setting.name() + (setting.named() ? ".NAME" : ""),
                        setting.variable() + (setting.named() ? "_NAME" : ""),
                        setting.flag() + (setting.named() ? " NAME=" : ""),
                        setting.defaultText().isEmpty() ? "-" : setting.defaultText()))
            .collect(Collectors.joining("\n", "", "\n"));
    assertThat(all)
        .isEqualTo(
            """
            http.host BLACKBOX_HTTP_HOST --http-host 127.0.0.1
            http.port BLACKBOX_HTTP_PORT --http-port 7070
            data.dir BLACKBOX_DATA_DIR --data-dir data
            store BLACKBOX_STORE --store duckdb
            journal.sync BLACKBOX_JOURNAL_SYNC --journal-sync always
            journal.max.bytes BLACKBOX_JOURNAL_MAX_BYTES --journal-max-bytes 4GiB
            retention.days BLACKBOX_RETENTION_DAYS --retention-days 0
            retention.projects.NAME BLACKBOX_RETENTION_PROJECTS_NAME --retention-projects NAME= -
            duckdb.threads BLACKBOX_DUCKDB_THREADS --duckdb-threads 0
            duckdb.memory BLACKBOX_DUCKDB_MEMORY --duckdb-memory 512MiB
            query.timeout BLACKBOX_QUERY_TIMEOUT --query-timeout 30s
            query.max.running BLACKBOX_QUERY_MAX_RUNNING --query-max-running 0
            query.max.waiting BLACKBOX_QUERY_MAX_WAITING --query-max-waiting 100
            tail.max.readers BLACKBOX_TAIL_MAX_READERS --tail-max-readers 500
            errors.enabled BLACKBOX_ERRORS_ENABLED --errors-enabled true
            errors.store BLACKBOX_ERRORS_STORE --errors-store all
            errors.rules BLACKBOX_ERRORS_RULES --errors-rules -
            alerts.channels BLACKBOX_ALERTS_CHANNELS --alerts-channels -
            alerts.policies BLACKBOX_ALERTS_POLICIES --alerts-policies -
            alerts.private.addresses BLACKBOX_ALERTS_PRIVATE_ADDRESSES --alerts-private-addresses false
            forward.destinations BLACKBOX_FORWARD_DESTINATIONS --forward-destinations -
            forward.private.addresses BLACKBOX_FORWARD_PRIVATE_ADDRESSES --forward-private-addresses false
            audit.enabled BLACKBOX_AUDIT_ENABLED --audit-enabled true
            audit.anchor BLACKBOX_AUDIT_ANCHOR --audit-anchor -
            audit.anchor.url BLACKBOX_AUDIT_ANCHOR_URL --audit-anchor-url -
            audit.anchor.secret BLACKBOX_AUDIT_ANCHOR_SECRET --audit-anchor-secret -
            redaction.disabled BLACKBOX_REDACTION_DISABLED --redaction-disabled -
            redaction.keys BLACKBOX_REDACTION_KEYS --redaction-keys -
            redaction.patterns.NAME BLACKBOX_REDACTION_PATTERNS_NAME --redaction-patterns NAME= -
            recordings.mask.inputs BLACKBOX_RECORDINGS_MASK_INPUTS --recordings-mask-inputs true
            recordings.max.chunk.bytes BLACKBOX_RECORDINGS_MAX_CHUNK_BYTES --recordings-max-chunk-bytes 4MiB
            recordings.max.session.bytes BLACKBOX_RECORDINGS_MAX_SESSION_BYTES --recordings-max-session-bytes 64MiB
            recordings.max.bytes BLACKBOX_RECORDINGS_MAX_BYTES --recordings-max-bytes 4GiB
            log.level BLACKBOX_LOG_LEVEL --log-level info
            log.format BLACKBOX_LOG_FORMAT --log-format text
            """);
  }
}
