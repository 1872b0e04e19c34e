package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.ParquetWriter;
import io.puraify.blackbox.core.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes Parquet with a DuckDB of its own in memory, for each file.
 *
 * <p>DuckDB writes a file from its beginning to its end, so it writes into a {@link NamedPipe}: the
 * first bytes are there when the first row group is, nothing touches a disk, and who does not read
 * makes DuckDB and the pages wait.
 */
public final class DuckDbParquetWriter implements ParquetWriter {

  /** Each takes a processor and up to {@link #MEMORY_LIMIT}; more wait in turn. */
  private static final int AT_ONCE = 2;

  /**
   * What DuckDB may take for one file outside of the Java heap. A row group is collected, and then
   * compressed.
   */
  private static final String MEMORY_LIMIT = "256MiB";

  /** As DuckDB has it itself: readers skip whole row groups by what is known of them. */
  private static final int ROW_GROUP = 122_880;

  /** Of a row group, where events are large. */
  private static final String ROW_GROUP_BYTES = "64MB";

  private static final int BUFFER = 1 << 16;

  private final Semaphore places = new Semaphore(AT_ONCE, true);

  @Override
  public void write(Iterator<List<Event>> pages, Consumer<byte[]> out) {
    places.acquireUninterruptibly();
    try (NamedPipe pipe = NamedPipe.create("events.parquet")) {
      Copy copy = new Copy(pipe, new PageRows(pages));
      Thread writer = Thread.ofPlatform().name("parquet").start(copy::run);
      try {
        pass(pipe.reading(), out);
      } finally {
        // Where not all was passed on, this is what ends the copy.
        copy.rows.stop();
        pipe.reading().close();
        writer.join();
      }
      copy.throwFailure();
    } catch (IOException e) {
      throw new StoreException("Parquet cannot be written: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("the writing of Parquet was interrupted", e);
    } finally {
      places.release();
    }
  }

  private static void pass(InputStream bytes, Consumer<byte[]> out) throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
      out.accept(Arrays.copyOf(buffer, count));
    }
  }

  /** What DuckDB does, on a thread of its own, while another one reads. */
  private static final class Copy {
    private final NamedPipe pipe;
    private final PageRows rows;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    Copy(NamedPipe pipe, PageRows rows) {
      this.pipe = pipe;
      this.rows = rows;
    }

    void run() {
      try (Connection connection = DriverManager.getConnection("jdbc:duckdb:", settings())) {
        rows.register(connection);
        try (var statement = connection.createStatement()) {
          statement.execute(sql(pipe.path()));
        }
      } catch (SQLException | RuntimeException e) {
        failure.set(e);
      } finally {
        try {
          pipe.endWriting();
        } catch (IOException e) {
          failure.compareAndSet(null, e);
        }
      }
    }

    private static Properties settings() {
      Properties settings = new Properties();
      // With one thread rows stay in their order, also where keeping it is not asked for; and only
      // there the bytes of a row group have a bound.
      settings.setProperty("threads", "1");
      settings.setProperty("preserve_insertion_order", "false");
      // A pipe has no places to write to, so writes must come in their order: none beside the copy.
      settings.setProperty("async_threads", "0");
      settings.setProperty("memory_limit", MEMORY_LIMIT);
      settings.setProperty("temp_directory", "");
      settings.setProperty("autoinstall_known_extensions", "false");
      settings.setProperty("autoload_known_extensions", "false");
      return settings;
    }

    private static String sql(Path file) {
      return "COPY (FROM %s()) TO '%s' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE %d, "
              .formatted(PageRows.NAME, file.toString().replace("'", "''"), ROW_GROUP)
          + "ROW_GROUP_SIZE_BYTES '%s', USE_TMP_FILE false)".formatted(ROW_GROUP_BYTES);
    }

    void throwFailure() {
      RuntimeException ofPages = rows.failure();
      if (ofPages != null) {
        throw ofPages;
      }
      Exception own = failure.get();
      if (own != null) {
        throw new StoreException("Parquet cannot be written: " + own.getMessage(), own);
      }
    }
  }
}
