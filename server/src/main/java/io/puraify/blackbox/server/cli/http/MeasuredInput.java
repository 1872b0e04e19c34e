package io.puraify.blackbox.server.cli.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** A body whose length was said before it (RFC 9112), as it comes. */
final class MeasuredInput extends InputStream {

  private final InputStream input;
  private long left;

  MeasuredInput(InputStream input, long length) {
    this.input = input;
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    Objects.checkFromIndexSize(from, length, bytes.length);
    if (left == 0) {
      return -1;
    }
    int count = input.read(bytes, from, (int) Math.min(length, left));
    if (count < 0) {
      throw AnswerReader.closed();
    }
    left -= count;
    return count;
  }
}
