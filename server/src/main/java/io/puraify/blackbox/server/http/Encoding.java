package io.puraify.blackbox.server.http;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** How a body is compressed. */
enum Encoding {
  IDENTITY,
  GZIP,
  ZSTD;

  /** Eight mebibytes, what RFC 8878 asks every decoder for; more is a waste of memory here. */
  private static final int MAX_ZSTD_WINDOW_LOG = 23;

  private static final int BUFFER_BYTES = 16 << 10;

  /** The encoding that a {@code Content-Encoding} names. */
  static Encoding of(@Nullable String contentEncoding) {
    String name = contentEncoding == null ? "" : contentEncoding.strip().toLowerCase(Locale.ROOT);
    return switch (name) {
      case "", "identity" -> IDENTITY;
      case "gzip", "x-gzip" -> GZIP;
      case "zstd" -> ZSTD;
      default ->
          throw IngestHandler.unsupported(
              "Content-Encoding is '%s'; gzip, zstd or none was expected"
                  .formatted(contentEncoding));
    };
  }

  /** Reads what {@code compressed} expands to; closing it releases what is not on the heap. */
  InputStream expand(InputStream compressed) throws IOException {
    return switch (this) {
      case IDENTITY -> compressed;
      case GZIP -> new GZIPInputStream(compressed, BUFFER_BYTES);
      case ZSTD -> {
        ZstdInputStreamNoFinalizer expanded = new ZstdInputStreamNoFinalizer(compressed);
        yield expanded.setLongMax(MAX_ZSTD_WINDOW_LOG);
      }
    };
  }
}
