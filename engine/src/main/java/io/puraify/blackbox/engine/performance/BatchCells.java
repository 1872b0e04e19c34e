package io.puraify.blackbox.engine.performance;

import io.puraify.blackbox.core.EventBatch;
import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Position;
import io.puraify.blackbox.engine.performance.Cells.Outcome;
import io.puraify.blackbox.engine.performance.SeriesCatalog.Project;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the columns of a batch's blocks into {@link Cells}; no event is made. What a label means is
 * looked up once a block. Not for several threads.
 */
final class BatchCells {

  private final SeriesCatalog catalog;
  private final Horizons horizons;
  private final Cells cells = new Cells();
  private long expired;
  private long latestMicros;

  // The block at hand.
  private final int[] projectNumbers = new int[EventBlock.MAX_ROWS];
  private final int[] engineNumbers = new int[EventBlock.MAX_ROWS];
  private final int[] platformNumbers = new int[EventBlock.MAX_ROWS];
  private final int[] actionNumbers = new int[EventBlock.MAX_ROWS];
  private final int[] statusNumbers = new int[EventBlock.MAX_ROWS];

  private BatchCells(SeriesCatalog catalog, Horizons horizons) {
    this.catalog = catalog;
    this.horizons = horizons;
  }

  /**
   * Adds up a batch.
   *
   * @param from events below it are left out
   * @param catalog takes in what is new
   */
  static BatchCells of(EventBatch batch, Position from, SeriesCatalog catalog, Horizons horizons) {
    BatchCells read = new BatchCells(catalog, horizons);
    for (EventBlock block : batch.blocks()) {
      long skipped = Math.max(0, from.value() - block.first().value());
      if (skipped < block.rows()) {
        read.add(block, (int) skipped);
      }
    }
    return read;
  }

  Cells cells() {
    return cells;
  }

  /** How many events are too old to be kept. */
  long expired() {
    return expired;
  }

  /** When the latest of the events was received, in microseconds; 0 without events. */
  long latestMicros() {
    return latestMicros;
  }

  private void add(EventBlock block, int from) {
    latestMicros = Math.max(latestMicros, block.receivedAtMicros());
    long minutesFrom = horizons.minutesFrom(block.receivedAtMicros());
    block.labelNumbers(Field.PROJECT_ID, projectNumbers);
    block.labelNumbers(Field.ENGINE, engineNumbers);
    block.labelNumbers(Field.PLATFORM, platformNumbers);
    block.labelNumbers(Field.ACTION, actionNumbers);
    block.labelNumbers(Field.STATUS, statusNumbers);
    Project[] projects = projects(block);
    int[] engines = words(block, Field.ENGINE);
    int[] platforms = words(block, Field.PLATFORM);
    int[] actions = words(block, Field.ACTION);
    Outcome[] outcomes = outcomes(block);
    for (int row = from; row < block.rows(); row++) {
      long micros = block.integer(Field.TIMESTAMP, row);
      long minute = Span.minuteOf(micros == EventBlock.ABSENT ? block.receivedAtMicros() : micros);
      if (minute < horizons.hoursFrom()) {
        expired++;
        continue;
      }
      Project project = projects[projectNumbers[row]];
      int series =
          catalog.find(
              project,
              engines[engineNumbers[row]],
              platforms[platformNumbers[row]],
              actions[actionNumbers[row]]);
      if (series < 0) {
        series = addSeries(block, row, project);
        // The new one may have brought new words. Beyond the bound, labels may be as many as rows.
        if (series != SeriesCatalog.OTHER_SERIES) {
          learn(block, Field.ENGINE, engineNumbers[row], engines);
          learn(block, Field.PLATFORM, platformNumbers[row], platforms);
          learn(block, Field.ACTION, actionNumbers[row], actions);
        }
      }
      boolean hour = minute < minutesFrom;
      long begin = hour ? Span.HOUR.floor(minute) : minute;
      long retries = block.integer(Field.RETRIES, row);
      cells.add(
          Cells.key(hour, project.number(), begin, series),
          outcomes[statusNumbers[row]],
          retries == EventBlock.ABSENT ? 0 : retries,
          block.decimal(Field.DURATION_MS, row));
    }
  }

  private Project[] projects(EventBlock block) {
    Project[] projects = new Project[block.labelCount(Field.PROJECT_ID) + 1];
    projects[0] = catalog.projects().getFirst();
    for (int i = 1; i < projects.length; i++) {
      projects[i] = catalog.project(block.label(Field.PROJECT_ID, i));
    }
    return projects;
  }

  private int[] words(EventBlock block, Field field) {
    int[] words = new int[block.labelCount(field) + 1];
    for (int i = 1; i < words.length; i++) {
      words[i] = catalog.word(block.label(field, i));
    }
    return words;
  }

  private void learn(EventBlock block, Field field, int number, int[] words) {
    if (number > 0) {
      words[number] = catalog.word(block.label(field, number));
    }
  }

  private static Outcome[] outcomes(EventBlock block) {
    Outcome[] outcomes = new Outcome[block.labelCount(Field.STATUS) + 1];
    outcomes[0] = Outcome.OTHER;
    for (int i = 1; i < outcomes.length; i++) {
      outcomes[i] =
          switch (new String(block.label(Field.STATUS, i), StandardCharsets.UTF_8)) {
            case "error" -> Outcome.ERROR;
            case "timeout" -> Outcome.TIMEOUT;
            case "retry" -> Outcome.RETRY;
            default -> Outcome.OTHER;
          };
    }
    return outcomes;
  }

  private int addSeries(EventBlock block, int row, Project project) {
    return catalog.add(
        project,
        text(block, Field.ENGINE, row),
        text(block, Field.PLATFORM, row),
        text(block, Field.ACTION, row));
  }

  private static @Nullable String text(EventBlock block, Field field, int row) {
    byte[] text = block.text(field, row);
    return text == null || text.length == 0 ? null : new String(text, StandardCharsets.UTF_8);
  }
}
