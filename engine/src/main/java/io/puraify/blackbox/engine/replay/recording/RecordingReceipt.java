package io.puraify.blackbox.engine.replay.recording;

/**
 * What became of a chunk.
 *
 * @param events how many it brought; 0 for a repeat
 * @param duplicate whether the chunk was there before
 */
public record RecordingReceipt(int chunk, int events, boolean duplicate) {}
