package io.puraify.blackbox.engine.replay.recording;

import io.puraify.blackbox.core.Retention;
import java.time.InstantSource;

/**
 * What is kept of recordings, and how much.
 *
 * @param maskInputs whether what people type and choose is masked; passwords always are
 * @param maxChunkBytes the most that a chunk has, expanded
 * @param maxSessionBytes the most that all chunks of a session have together, expanded
 * @param maxBytes the most that all recordings take, compressed; the oldest make room for new ones
 * @param retention how long they are kept: as long as events of the same time
 * @param clock what time it is
 */
public record RecordingOptions(
    boolean maskInputs,
    long maxChunkBytes,
    long maxSessionBytes,
    long maxBytes,
    Retention retention,
    InstantSource clock) {}
