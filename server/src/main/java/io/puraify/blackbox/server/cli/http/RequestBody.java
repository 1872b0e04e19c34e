package io.puraify.blackbox.server.cli.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** What a request carries; can be written again when a connection is lost. */
public interface RequestBody {

  /** Nothing. */
  RequestBody NONE =
      new RequestBody() {
        @Override
        public long length() {
          return 0;
        }

        @Override
        public void writeTo(WritableByteChannel channel) {}
      };

  /** These bytes. */
  static RequestBody of(byte[] bytes) {
    return new RequestBody() {
      @Override
      public long length() {
        return bytes.length;
      }

      @Override
      public void writeTo(WritableByteChannel channel) throws IOException {
        writeAll(ByteBuffer.wrap(bytes), channel);
      }
    };
  }

  /** Bytes, exactly so many as are written. */
  long length();

  void writeTo(WritableByteChannel channel) throws IOException;

  /** Writes all of a buffer to a channel that blocks. */
  static void writeAll(ByteBuffer buffer, WritableByteChannel channel) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}
