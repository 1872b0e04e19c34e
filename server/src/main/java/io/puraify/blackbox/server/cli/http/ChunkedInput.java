package io.puraify.blackbox.server.cli.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** A body in chunks (RFC 9112), as it comes. */
final class ChunkedInput extends InputStream {

  private final AnswerReader reader;
  private final InputStream input;
  private int left;
  private boolean begun;
  private boolean ended;

  ChunkedInput(AnswerReader reader, InputStream input) {
    this.reader = reader;
    this.input = input;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    Objects.checkFromIndexSize(from, length, bytes.length);
    if (left == 0 && !ended) {
      if (begun) {
        reader.endChunk();
      }
      begun = true;
      left = reader.beginChunk();
      ended = left == 0;
    }
    if (ended) {
      return -1;
    }
    int count = input.read(bytes, from, Math.min(length, left));
    if (count < 0) {
      throw AnswerReader.closed();
    }
    left -= count;
    return count;
  }
}
