package io.puraify.blackbox.server.cli.ingest;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An input on its way into slices. Not safe for several threads, but its slices are. */
interface SliceSource extends Closeable {

  /** The next slice, or {@code null} when there is none. */
  @Nullable Slice next() throws IOException;

  /** Bytes of the input that have been read, as it is stored. */
  long bytesRead();
}
