package io.puraify.blackbox.engine.audit;

import org.jspecify.annotations.Nullable;

/**
 * One thing that a change of a configuration or of logic has changed.
 *
 * @param path where it is, such as {@code retry.max} or {@code steps[2].timeout_ms}; empty for the
 *     whole
 * @param before its JSON before; {@code null} where it was not there
 * @param after its JSON afterwards; {@code null} where it is not there any more
 */
public record AttributeChange(String path, @Nullable String before, @Nullable String after) {}
