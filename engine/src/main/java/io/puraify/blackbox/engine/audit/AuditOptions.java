package io.puraify.blackbox.engine.audit;

import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * How the audit trail is kept.
 *
 * @param keyFile of the key that signs; made where there is none
 * @param anchorFile to which each checkpoint is also written, best on another machine's disk; or
 *     {@code null}
 */
public record AuditOptions(Path keyFile, @Nullable Path anchorFile, InstantSource clock) {}
