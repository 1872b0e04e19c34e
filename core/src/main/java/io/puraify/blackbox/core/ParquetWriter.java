package io.puraify.blackbox.core;

import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes events as a file of Apache Parquet: a column a field, and attributes as JSON text.
 *
 * <p>Safe for any thread.
 */
@FunctionalInterface
public interface ParquetWriter {

  /**
   * Writes all events of some pages, and returns when the last byte of the file was taken. It holds
   * a bounded number of events, however many there are, and keeps nothing when it returns or
   * throws. The bytes are no Parquet file where it throws: the end of one is missing.
   *
   * @param pages asked on a thread of the writer's, each when there is room for it; what it throws
   *     comes out of this method
   * @param out takes the bytes in order, on the calling thread; what it throws ends the writing and
   *     comes out of this method
   * @throws StoreException where the writing itself fails
   */
  void write(Iterator<List<Event>> pages, Consumer<byte[]> out);
}
