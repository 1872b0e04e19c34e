package io.puraify.blackbox.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes very many groups of errors of one project, among others, and lists them in every way. */
@Command(
    name = "groups",
    description =
        "Starts Blackbox, sends it errors of very many groups of one project, and measures how long"
            + " it takes to list them.",
    mixinStandardHelpOptions = true)
final class GroupsCommand implements Callable<Integer> {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String PROJECT = "bench_groups";
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int WARM_UPS = 5;
  private static final int REQUESTS = 100;
  private static final int CONNECTIONS = 3;
  private static final int SLICE_BYTES = 1 << 20;

  /** Every tenth group has so many errors, all others one. */
  private static final int FREQUENT = 10;

  private static final int TYPES = 500;
  private static final int ASSIGNED = 20;
  private static final String LISTS = "/monitoring/errors";
  private static final String OF_PROJECT = LISTS + "?project_id=" + PROJECT;

  private static final List<String> ENGINES =
      List.of("execution", "validation", "vault", "platform_builder");
  private static final List<String> PLATFORMS =
      List.of("Slack", "Notion", "Stripe", "GitHub", "HubSpot", "Airtable", "Jira", "Zendesk");

  @Mixin private MeasureOptions options = new MeasureOptions();

  @Option(
      names = "--groups",
      defaultValue = "100000",
      description =
          "Groups of the project (${DEFAULT-VALUE}); beyond 100,000 there is no room for more.")
  private int groups;

  @Option(
      names = "--others",
      defaultValue = "20000",
      description = "Groups of twenty other projects (${DEFAULT-VALUE}).")
  private int others;

  @Override
  public Integer call() throws IOException, InterruptedException {
    BlackboxServer blackbox = options.blackbox();
    blackbox.requireInstalled();
    Files.createDirectories(options.dir());
    Path file = options.dir().resolve("bench-groups.ndjson");
    long events = write(file);
    try (ServerProcess server = blackbox.onEmptyFolder()) {
      new NdjsonLoad(
              new NdjsonLoad.Options(server.uri(), file, NdjsonLoad.ALL, CONNECTIONS, SLICE_BYTES))
          .run();
      ServerMetrics metrics = ServerMetrics.caughtUp(server.uri(), "errors");
      System.out.printf(
          Locale.ROOT,
          "%,d errors, %,.0f groups: %.1f s of CPU, resident at most %,.0f MiB%n",
          events,
          metrics.value("blackbox_errors_groups"),
          metrics.cpu("errors"),
          server.mostResidentMib());
      try (HttpConnection connection = new HttpConnection(server.uri())) {
        printOutside(connection);
        assign(connection);
        list(connection, server.pid());
      }
    } finally {
      blackbox.deleteData();
      Files.deleteIfExists(file);
    }
    return 0;
  }

  /** All kinds of errors in no order, each received as one of a time of its own. */
  private long write(Path file) throws IOException {
    Random random = new Random(1);
    List<Integer> order = new ArrayList<>();
    for (int group = 0; group < groups + others; group++) {
      for (int i = 0; i < (group % FREQUENT == 0 ? FREQUENT : 1); i++) {
        order.add(group);
      }
    }
    Collections.shuffle(order, random);
    try (BufferedWriter lines = Files.newBufferedWriter(file)) {
      for (int i = 0; i < order.size(); i++) {
        lines.write(line(order.get(i), START.plusMillis(i), random));
      }
    }
    return order.size();
  }

  private String line(int group, Instant at, Random random) {
    String project = group < groups ? PROJECT : "bench_other_" + group % 20;
    return """
    {"project_id":"%s","timestamp":"%s","status":"error","engine":"%s","platform":"%s",\
    "action":"action_%d","error_type":"failure_%d","fingerprint":"kind-%d","user_id":"u_%d",\
    "version":"1.%d.0","environment":"production","message":"step %d of flow failed: no answer"}
    """
        .formatted(
            project,
            at,
            ENGINES.get(group % ENGINES.size()),
            PLATFORMS.get(group / 3 % PLATFORMS.size()),
            group % 45,
            group % TYPES,
            group,
            random.nextInt(100_000),
            group % 7,
            group);
  }

  /** What was counted of the errors for which there was no room. */
  private static void printOutside(HttpConnection connection) throws IOException {
    JsonNode beyond = ask(connection, OF_PROJECT + "&rule=overflow");
    long counted = beyond.path("groups").path(0).path("errors").asLong();
    System.out.printf(
        Locale.ROOT,
        "errors of further groups, counted together: %,d; in no group: %,d%n",
        counted,
        beyond.path("ungrouped_errors").asLong());
  }

  private static void assign(HttpConnection connection) throws IOException {
    JsonNode page = ask(connection, OF_PROJECT + "&sort=first_seen&limit=" + ASSIGNED);
    for (JsonNode group : page.path("groups")) {
      String path = LISTS + "/" + group.path("group_id").asString() + "/changes";
      for (String change :
          List.of(
              "{\"change\":\"assign\",\"assignee\":\"ada\",\"actor\":\"bench\"}",
              "{\"change\":\"resolve\",\"actor\":\"bench\"}")) {
        HttpAnswer answer =
            connection.send(
                "POST",
                path,
                HttpConnection.JSON,
                ByteBuffer.wrap(change.getBytes(StandardCharsets.UTF_8)));
        if (answer.status() >= 300) {
          throw new IOException("a group could not be changed: " + answer);
        }
      }
    }
  }

  private void list(HttpConnection connection, long pid) throws IOException {
    Table table = new Table(List.of("list", "groups", "median, ms", "p99, ms", "CPU, ms"));
    for (String sort : List.of("last_seen", "first_seen", "errors", "users")) {
      measure(connection, pid, table, "of the project, by " + sort, OF_PROJECT + "&sort=" + sort);
    }
    measure(connection, pid, table, "of all projects", LISTS);
    measure(connection, pid, table, "of all projects, by errors", LISTS + "?sort=errors");
    for (String filter :
        List.of(
            "state=new",
            "state=resolved",
            "state=escalating",
            "engine=vault",
            "engine=none",
            "platform=Slack&action=action_3",
            "type=failure_7",
            "assignee=ada",
            "rule=sender",
            "type=failure_7&sort=errors",
            "engine=vault&state=new&sort=users")) {
      measure(connection, pid, table, filter.replace('&', ' '), OF_PROJECT + "&" + filter);
    }
    measure(connection, pid, table, "a page of 1,000", OF_PROJECT + "&limit=1000");
    for (String sort : List.of("last_seen", "errors")) {
      String path = OF_PROJECT + "&sort=" + sort;
      String cursor = deep(connection, path);
      measure(connection, pid, table, "far behind, by " + sort, path + "&cursor=" + cursor);
    }
    System.out.print(table);
  }

  /** Where a page begins that has half of the groups before it. */
  private String deep(HttpConnection connection, String path) throws IOException {
    String cursor = ask(connection, path + "&limit=1000").path("next_cursor").asString("");
    for (int seen = 1_000; seen < groups / 2 && !cursor.isEmpty(); seen += 1_000) {
      cursor =
          ask(connection, path + "&limit=1000&cursor=" + cursor).path("next_cursor").asString("");
    }
    return cursor;
  }

  private static JsonNode ask(HttpConnection connection, String path) throws IOException {
    HttpAnswer answer = connection.get(path);
    if (answer.status() != 200) {
      throw new IOException("%s was answered %s".formatted(path, answer));
    }
    return JSON.readTree(answer.body());
  }

  /** The CPU time is that of the whole server meanwhile, for a machine that others use as well. */
  private static void measure(
      HttpConnection connection, long pid, Table table, String what, String path)
      throws IOException {
    List<Double> millis = new ArrayList<>();
    int listed = 0;
    Duration cpuBefore = Duration.ZERO;
    for (int i = -WARM_UPS; i < REQUESTS; i++) {
      if (i == 0) {
        cpuBefore = ProcessWatch.cpu(pid);
      }
      long began = System.nanoTime();
      HttpAnswer answer = connection.get(path);
      double took = Duration.ofNanos(System.nanoTime() - began).toNanos() / 1e6;
      if (answer.status() != 200) {
        throw new IOException("%s was answered %s".formatted(path, answer));
      }
      if (i < 0) {
        listed = JSON.readTree(answer.body()).path("groups").size();
      } else {
        millis.add(took);
      }
    }
    Duration cpu = ProcessWatch.cpu(pid).minus(cpuBefore);
    List<Double> sorted = millis.stream().sorted().toList();
    table.add(
        List.of(
            what,
            Integer.toString(listed),
            Figures.text(Figures.median(sorted)),
            Figures.text(sorted.get(REQUESTS * 99 / 100 - 1)),
            Figures.text(cpu.toMillis() / (double) REQUESTS)));
  }
}
