package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.EventBatch;
import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.EventBlockBuilder;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Position;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Loads made-up events of a platform (about 425 bytes of JSON each) and prints speed and size; not
 * a test. Arguments: folder, events, events a batch, rows a block, days.
 */
final class LoadMeasurement {

  private static final String[] ENGINES = {
    "execution", "validation", "vault", "platform_builder", "feedback_loop", "engine_control"
  };
  private static final String[] PLATFORMS = {
    "Slack", "Notion", "Gmail", "HubSpot", "Stripe", "Airtable", "Shopify", "Salesforce"
  };
  private static final String[] ACTIONS = {
    "send_message", "create_page", "send_mail", "update_contact", "charge", "add_row", "sync"
  };
  private static final String[] ERRORS = {
    "api_timeout", "token_expired", "rate_limited", "invalid_payload", "permission_denied"
  };

  private final SplittableRandom random = new SplittableRandom(42);
  private final EventBlockBuilder builder = new EventBlockBuilder();
  private final long startMicros = Instant.parse("2025-07-25T00:00:00Z").toEpochMilli() * 1000;
  private final long stepMicros;

  private LoadMeasurement(long stepMicros) {
    this.stepMicros = stepMicros;
  }

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    int events = Integer.parseInt(args[1]);
    int batchRows = Integer.parseInt(args[2]);
    int blockRows = Integer.parseInt(args[3]);
    int days = Integer.parseInt(args[4]);
    var load = new LoadMeasurement(days * 86_400_000_000L / events);
    long nanos = 0;
    try (var store = new DuckDbEventStore(DuckDbOptions.of(folder))) {
      store.start();
      long at = store.position().value();
      for (long end = at + events; at < end; ) {
        EventBatch batch = load.batch(at, (int) Math.min(batchRows, end - at), blockRows);
        long begin = System.nanoTime();
        store.append(batch);
        long took = System.nanoTime() - begin;
        nanos += took;
        at += batch.size();
        System.out.printf("%,d: %,.0f/s%n", at, batch.size() * 1e9 / took);
      }
      System.out.printf("append only: %,.0f events/s%n", events * 1e9 / nanos);
      System.out.printf("before close: %,d bytes%n", size(folder));
    }
    System.out.printf("%,d bytes, %.1f an event%n", size(folder), (double) size(folder) / events);
  }

  private static long size(Path folder) throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private EventBatch batch(long first, int rows, int blockRows) {
    List<EventBlock> blocks = new ArrayList<>();
    for (int row = 0; row < rows; ) {
      int count = Math.min(blockRows, rows - row);
      for (int i = 0; i < count; i++) {
        row(first + row + i);
      }
      long received = startMicros + (first + row) * stepMicros;
      blocks.add(new EventBlock(new Position(first + row), builder.seal(received)));
      row += count;
    }
    return new EventBatch(blocks);
  }

  private void row(long position) {
    boolean error = random.nextInt(100) < 8;
    label(Field.PROJECT_ID, "pf_" + skewed(200));
    builder.integer(
        Field.TIMESTAMP, startMicros + position * stepMicros - random.nextInt(2_000) * 1000L);
    label(Field.EVENT_TYPE, "execution");
    label(Field.TYPE, error ? "action_error" : "action_run");
    label(Field.ENGINE, ENGINES[skewed(ENGINES.length)]);
    int platform = skewed(PLATFORMS.length);
    label(Field.PLATFORM, PLATFORMS[platform]);
    label(Field.ACTION, ACTIONS[platform % ACTIONS.length]);
    label(Field.STATUS, error ? "error" : "success");
    label(Field.SEVERITY, error ? "high" : "info");
    if (error) {
      String type = ERRORS[random.nextInt(ERRORS.length)];
      label(Field.ERROR_TYPE, type);
      text(
          Field.MESSAGE,
          "Failed to call the API: " + type + " after " + random.nextInt(9000) + " ms");
      if (random.nextInt(4) == 0) {
        text(Field.STACK_TRACE, stack(type));
      }
    } else {
      text(Field.MESSAGE, "Sent message to channel C" + random.nextInt(10_000) + " in one step");
    }
    builder.decimal(Field.DURATION_MS, Math.rint(Math.exp(4 + random.nextDouble() * 4)));
    if (random.nextInt(20) == 0) {
      builder.integer(Field.RETRIES, 1 + random.nextInt(3));
    }
    label(Field.FLOW_ID, "flow_" + skewed(4000));
    text(Field.USER_ID, "u_" + random.nextInt(50_000));
    text(Field.SESSION_ID, "s_" + random.nextInt(500_000));
    text(Field.TRACE_ID, hex(16));
    label(Field.ENVIRONMENT, "production");
    label(Field.VERSION, "1." + skewed(12) + ".0");
    builder.endRow();
  }

  private String stack(String type) {
    StringBuilder stack = new StringBuilder("Error: " + type);
    for (int i = 0; i < 12; i++) {
      stack.append("\n    at call").append(random.nextInt(40)).append(" (/app/src/step");
      stack.append(random.nextInt(30)).append(".js:").append(random.nextInt(400)).append(":13)");
    }
    return stack.toString();
  }

  private int skewed(int most) {
    double uniform = random.nextDouble();
    return (int) (uniform * uniform * most);
  }

  private String hex(int bytes) {
    byte[] raw = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      raw[i] = (byte) random.nextInt(256);
    }
    return HexFormat.of().formatHex(raw);
  }

  private void label(Field field, String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    builder.label(field, utf8, 0, utf8.length);
  }

  private void text(Field field, String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    builder.text(field, utf8, 0, utf8.length);
  }
}
