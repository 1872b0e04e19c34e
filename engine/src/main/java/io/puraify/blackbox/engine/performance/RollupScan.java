package io.puraify.blackbox.engine.performance;

import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.engine.performance.SeriesCatalog.Project;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rollups of the series that a filter means, by groups: series with the same values of
 * some fields. For one transaction and one thread.
 */
final class RollupScan {

  /** Series that are not told apart are in no group. */
  static final int NO_GROUP = -1;

  private static final int NOT_MEANT = -2;

  private final Horizons horizons;
  private final RollupReader reader;
  private final SeriesFilter filter;
  private final List<Field> fields;
  private final Map<List<@Nullable String>, Integer> numbers = new HashMap<>();
  private final List<List<@Nullable String>> groups = new ArrayList<>();
  private final List<Part> parts = new ArrayList<>();

  /**
   * A project with series that are meant.
   *
   * @param groupOf the group of each series
   * @param otherMeant whether series that are not told apart are meant
   */
  private record Part(int project, int[] groupOf, boolean otherMeant) {}

  RollupScan(RollupTables tables, SeriesCatalog catalog, SeriesFilter filter, List<Field> fields) {
    this.horizons = tables.horizons();
    this.reader = new RollupReader(tables);
    this.filter = filter;
    this.fields = fields;
    List<Project> projects = catalog.projects();
    if (filter.asksForProjects() || fields.contains(Field.PROJECT_ID)) {
      projects.stream()
          .filter(project -> project.number() != SeriesCatalog.ALL_PROJECTS)
          .filter(project -> filter.mayMean(project.name()))
          .forEach(this::add);
    } else {
      add(projects.get(SeriesCatalog.ALL_PROJECTS));
    }
  }

  private void add(Project project) {
    Series[] all = project.series();
    int[] groupOf = new int[all.length];
    groupOf[SeriesCatalog.OTHER_SERIES] = NO_GROUP;
    for (int i = SeriesCatalog.OTHER_SERIES + 1; i < all.length; i++) {
      groupOf[i] = filter.test(all[i]) ? group(all[i]) : NOT_MEANT;
    }
    boolean otherMeant = filter.test(all[SeriesCatalog.OTHER_SERIES]);
    parts.add(new Part(project.number(), groupOf, otherMeant));
  }

  private int group(Series series) {
    List<@Nullable String> values = new ArrayList<>();
    fields.forEach(field -> values.add(series.value(field)));
    return numbers.computeIfAbsent(
        values,
        key -> {
          groups.add(key);
          return groups.size() - 1;
        });
  }

  /** The values of each group by its number. */
  List<List<@Nullable String>> groups() {
    return groups;
  }

  /** The range as rollups have it. */
  Minutes within(Minutes range) {
    return range.within(horizons);
  }

  /** Whether there are rollups of minutes in all of a range. */
  boolean hasMinutes(Minutes range) {
    return range.from() >= horizons.minutesFrom();
  }

  /** What becomes of each rollup. */
  interface Sink {

    /**
     * Takes one in.
     *
     * @param group its number, or {@link #NO_GROUP}
     * @param meant whether the filter means it, which is always so with a group
     * @param start its first minute
     */
    void add(int group, boolean meant, long start, Rollup rollup);
  }

  /**
   * Reads a range.
   *
   * @param range {@link #within} what there is
   * @param longest no rollup is of more time than that
   */
  void read(Minutes range, Span longest, Sink sink) {
    for (Part part : parts) {
      int[] groupOf = part.groupOf;
      reader.read(
          part.project,
          range,
          longest,
          series -> series < groupOf.length && groupOf[series] != NOT_MEANT,
          (start, series, rollup) ->
              sink.add(
                  groupOf[series],
                  series != SeriesCatalog.OTHER_SERIES || part.otherMeant,
                  start,
                  rollup));
    }
  }
}
