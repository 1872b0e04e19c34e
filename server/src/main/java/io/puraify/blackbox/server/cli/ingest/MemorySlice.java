package io.puraify.blackbox.server.cli.ingest;

import io.puraify.blackbox.server.cli.http.RequestBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.function.LongUnaryOperator;

/**
 * A slice that was read into memory.
 *
 * @param bytes which belong to the slice from now on; {@code size} of them are its body
 * @param lines from the index of an event in the slice to its line in the input
 */
record MemorySlice(String input, byte[] bytes, int size, LongUnaryOperator lines) implements Slice {

  @Override
  public long length() {
    return size;
  }

  @Override
  public void writeTo(WritableByteChannel channel) throws IOException {
    RequestBody.writeAll(ByteBuffer.wrap(bytes, 0, size), channel);
  }

  @Override
  public long line(long index) {
    return lines.applyAsLong(index);
  }

  @Override
  public long events() {
    return Lines.events(bytes, size);
  }
}
