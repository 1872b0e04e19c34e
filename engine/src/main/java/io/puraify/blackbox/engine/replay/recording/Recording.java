package io.puraify.blackbox.engine.replay.recording;

import io.puraify.blackbox.engine.replay.SessionId;

/**
 * What is known of a recording.
 *
 * @param chunks how many there are, ≥ 1
 * @param events of rrweb, in all of them
 * @param bytes of all chunks together, expanded
 * @param startMicros time of its first event, in microseconds since the epoch
 * @param endMicros time of its last event
 */
public record Recording(
    SessionId session, long chunks, long events, long bytes, long startMicros, long endMicros) {}
