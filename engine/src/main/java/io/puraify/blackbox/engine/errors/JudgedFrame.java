package io.puraify.blackbox.engine.errors;

import org.jspecify.annotations.Nullable;

/**
 * A frame and what the fingerprint makes of it.
 *
 * @param stable its name without what changes from build to build
 * @param pattern of the configuration, which decided that it is own code or ignored; {@code null}
 *     where none did
 */
public record JudgedFrame(Frame frame, String stable, FrameUse use, @Nullable String pattern) {}
