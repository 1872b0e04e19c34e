package io.puraify.blackbox.engine.replay.recording;

/**
 * What became of a chunk.
 *
 * @param events how many it brought; 0 for a repeat
 * @param duplicate whether there was a chunk of this number before, which stays as it is
 */
public record RecordingReceipt(int chunk, int events, boolean duplicate) {}
