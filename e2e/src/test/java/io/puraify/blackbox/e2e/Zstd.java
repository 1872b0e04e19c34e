package io.puraify.blackbox.e2e;

import java.io.ByteArrayOutputStream;

/**
 * Zstandard frames (RFC 8878) of the two simplest kinds of blocks, made without the library that
 * the server reads them with.
 */
final class Zstd {

  private static final int MAX_BLOCK_BYTES = 128 << 10;
  private static final int RAW = 0;
  private static final int REPEATED_BYTE = 1;

  private static final byte[] HEADER = {
    // The magic number, no options, a window of one mebibyte.
    0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0x00, 0x50
  };

  private Zstd() {}

  /** A frame of bytes as they are. */
  static byte[] of(byte[] bytes) {
    ByteArrayOutputStream frame = begin();
    int at = 0;
    do {
      int length = Math.min(MAX_BLOCK_BYTES, bytes.length - at);
      block(frame, RAW, length, at + length == bytes.length);
      frame.write(bytes, at, length);
      at += length;
    } while (at < bytes.length);
    return frame.toByteArray();
  }

  /** A frame of some bytes, and then of one byte over and over: four bytes for each 128 KiB. */
  static byte[] bomb(byte[] start, byte repeated, long length) {
    ByteArrayOutputStream frame = begin();
    block(frame, RAW, start.length, false);
    frame.writeBytes(start);
    for (long left = length; left > 0; left -= MAX_BLOCK_BYTES) {
      block(frame, REPEATED_BYTE, (int) Math.min(MAX_BLOCK_BYTES, left), left <= MAX_BLOCK_BYTES);
      frame.write(repeated);
    }
    return frame.toByteArray();
  }

  private static ByteArrayOutputStream begin() {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.writeBytes(HEADER);
    return frame;
  }

  private static void block(ByteArrayOutputStream frame, int type, int length, boolean last) {
    int header = length << 3 | type << 1 | (last ? 1 : 0);
    frame.write(header);
    frame.write(header >> 8);
    frame.write(header >> 16);
  }
}
