package io.puraify.blackbox.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** Gzip, as the JDK writes it. */
final class Gzip {

  private static final int CHUNK_BYTES = 1 << 20;

  private Gzip() {}

  static byte[] of(byte[] bytes) {
    return bomb(bytes, 0);
  }

  /** Some bytes, and then zeros: about one byte for each thousand. */
  static byte[] bomb(byte[] start, long zeros) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(start);
      byte[] chunk = new byte[CHUNK_BYTES];
      for (long left = zeros; left > 0; left -= CHUNK_BYTES) {
        gzip.write(chunk, 0, (int) Math.min(CHUNK_BYTES, left));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
