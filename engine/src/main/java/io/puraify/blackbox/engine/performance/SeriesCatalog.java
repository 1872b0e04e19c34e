package io.puraify.blackbox.engine.performance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of projects and of the series in them. Their numbers are bounded: what is new beyond
 * that is not told apart but counted as the other of its project, and a project beyond the bound as
 * the other of all.
 *
 * <p>Filled by one thread, read by any. Who reads may meet a series whose first rollup is not
 * committed yet.
 */
final class SeriesCatalog {

  /** A project and a series take some 200 bytes each in memory, rollups some tens a minute. */
  static final int MAX_PROJECTS = 10_000;

  static final int MAX_SERIES = 20_000;

  /** One project with names that vary without end is not to take all series. */
  static final int MAX_SERIES_A_PROJECT = 2_000;

  /** The number of the project that stands for those beyond the bound. */
  static final int OTHER_PROJECT = 0;

  /** The number of the series that stands for those of a project beyond the bound. */
  static final int OTHER_SERIES = 0;

  private static final int NO_WORD = -1;

  private final int maxProjects;
  private final int maxSeries;
  private final int maxSeriesAProject;

  /** Engines, platforms and actions have a number each; 0 stands for none. */
  private final Map<String, Integer> words = new HashMap<>();

  private final Map<String, Project> byName = new HashMap<>();
  private final List<Project> fresh = new ArrayList<>();
  private final List<Fresh> freshSeries = new ArrayList<>();
  private volatile List<Project> projects = List.of();
  private int series;

  private record Fresh(int project, Series series) {}

  /** A project with its series. */
  static final class Project {
    private final int number;
    private final @Nullable String name;
    private final Map<Long, Integer> numbers = new HashMap<>();
    private volatile Series[] all;

    private Project(int number, @Nullable String name) {
      this.number = number;
      this.name = name;
      this.all = new Series[] {Series.other(name)};
    }

    int number() {
      return number;
    }

    /** {@code null} for those beyond the bound. */
    @Nullable String name() {
      return name;
    }

    /** All series by their numbers, the other first. Must not be changed. */
    Series[] series() {
      return all;
    }
  }

  SeriesCatalog() {
    this(MAX_PROJECTS, MAX_SERIES, MAX_SERIES_A_PROJECT);
  }

  SeriesCatalog(int maxProjects, int maxSeries, int maxSeriesAProject) {
    this.maxProjects = maxProjects;
    this.maxSeries = maxSeries;
    this.maxSeriesAProject = maxSeriesAProject;
    clear();
  }

  private void clear() {
    words.clear();
    words.put("", 0);
    byName.clear();
    fresh.clear();
    freshSeries.clear();
    series = 0;
    projects = List.of(new Project(OTHER_PROJECT, null));
  }

  /** Reads what is stored, and forgets everything else. */
  void load(Handle handle) {
    clear();
    List<Project> all = new ArrayList<>(projects);
    handle
        .select("SELECT number, name FROM performance_projects ORDER BY number")
        .map((row, context) -> new Project(row.getInt(1), row.getString(2)))
        .forEach(all::add);
    all.stream().skip(1).forEach(project -> byName.put(String.valueOf(project.name), project));
    projects = all;
    handle
        .select(
            "SELECT project, number, engine, platform, action FROM performance_series"
                + " ORDER BY project, number")
        .map((row, context) -> {
          Project project = projects.get(row.getInt(1));
          Series one =
              new Series(
                  project.name,
                  row.getInt(2),
                  row.getString(3),
                  row.getString(4),
                  row.getString(5));
          add(project, one);
          return one;
        })
        .list();
  }

  private void add(Project project) {
    List<Project> more = new ArrayList<>(projects);
    more.add(project);
    projects = more;
    byName.put(String.valueOf(project.name), project);
  }

  private void add(Project project, Series one) {
    project.numbers.put(
        words(intern(one.engine()), intern(one.platform()), intern(one.action())), one.number());
    Series[] more = new Series[project.all.length + 1];
    System.arraycopy(project.all, 0, more, 0, project.all.length);
    more[one.number()] = one;
    project.all = more;
    series++;
  }

  private int intern(@Nullable String word) {
    return words.computeIfAbsent(word == null ? "" : word, it -> words.size());
  }

  private static long words(int engine, int platform, int action) {
    return (long) engine << 42 | (long) platform << 21 | action;
  }

  /** All projects by their numbers, the other first. */
  List<Project> projects() {
    return projects;
  }

  /** How many series are told apart. */
  int size() {
    return series;
  }

  /** The project of a name, which is new perhaps. */
  Project project(byte[] name) {
    String text = new String(name, StandardCharsets.UTF_8);
    Project known = byName.get(text);
    if (known != null) {
      return known;
    }
    if (byName.size() >= maxProjects) {
      return projects.getFirst();
    }
    Project project = new Project(projects.size(), text);
    add(project);
    fresh.add(project);
    return project;
  }

  /** The number of a word, {@code -1} for one that no series has. */
  int word(byte[] word) {
    return word(new String(word, StandardCharsets.UTF_8));
  }

  private int word(@Nullable String word) {
    return words.getOrDefault(word == null ? "" : word, NO_WORD);
  }

  /**
   * The number of a series, which is not told apart perhaps.
   *
   * @return {@code -1} where the series is new, and {@link #add} is to be asked
   */
  int find(Project project, int engine, int platform, int action) {
    if (project.number == OTHER_PROJECT) {
      return OTHER_SERIES;
    }
    if (engine == NO_WORD || platform == NO_WORD || action == NO_WORD) {
      return NO_WORD;
    }
    return project.numbers.getOrDefault(words(engine, platform, action), NO_WORD);
  }

  /** The number of a series that is new perhaps; 0 where there are too many. */
  int add(
      Project project,
      @Nullable String engine,
      @Nullable String platform,
      @Nullable String action) {
    // Two labels of a block may be the same text, of which the first has been added already.
    int known = find(project, word(engine), word(platform), word(action));
    if (known >= 0) {
      return known;
    }
    if (series >= maxSeries || project.all.length > maxSeriesAProject) {
      return OTHER_SERIES;
    }
    Series one = new Series(project.name, project.all.length, engine, platform, action);
    add(project, one);
    freshSeries.add(new Fresh(project.number, one));
    return one.number();
  }

  /** Stores what is new; {@link #stored} is called when that is committed. */
  void store(Handle handle) {
    for (Project project : fresh) {
      handle.execute(
          "INSERT INTO performance_projects (number, name) VALUES (?, ?)",
          project.number,
          project.name);
    }
    for (Fresh each : freshSeries) {
      Series one = each.series;
      handle.execute(
          "INSERT INTO performance_series (project, number, engine, platform, action)"
              + " VALUES (?, ?, ?, ?, ?)",
          each.project,
          one.number(),
          one.engine(),
          one.platform(),
          one.action());
    }
  }

  /** What was new no longer is. */
  void stored() {
    fresh.clear();
    freshSeries.clear();
  }
}
