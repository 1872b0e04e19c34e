package io.puraify.blackbox.engine.replay.recording;

/**
 * A chunk as it was stored.
 *
 * @param number its place in the recording
 * @param events how many it has
 * @param content a JSON array of rrweb events, masked and compressed with gzip
 * @param outline tells it from another of its number, and nothing of what is masked
 */
public record RecordedChunk(int number, int events, byte[] content, long outline) {}
