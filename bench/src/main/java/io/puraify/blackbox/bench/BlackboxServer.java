package io.puraify.blackbox.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * Starts Blackbox as a user does and measures it from outside, over HTTP.
 *
 * @param launcher the program {@code blackbox}
 * @param folder of its data and its log; the data is made anew by {@link #onEmptyFolder}
 */
record BlackboxServer(Path launcher, Path folder) {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int CONNECTIONS = 3;
  private static final int SLICE_BYTES = 4 << 20;

  /**
   * Makes sure that the launcher is there.
   *
   * @throws IOException naming what to do
   */
  void requireInstalled() throws IOException {
    if (!Files.isExecutable(launcher)) {
      throw new IOException(
          launcher + " cannot be run; start bench in the root of the checkout, or give --launcher");
    }
  }

  ServerProcess onEmptyFolder() throws IOException, InterruptedException {
    return onEmptyFolder(List.of());
  }

  /** The same with more flags. */
  ServerProcess onEmptyFolder(List<String> flags) throws IOException, InterruptedException {
    Folders.delete(data());
    return start(flags);
  }

  ServerProcess onSameFolder() throws IOException, InterruptedException {
    return start(List.of());
  }

  private ServerProcess start(List<String> flags) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(launcher.toAbsolutePath().toString());
    command.addAll(List.of("serve", "--http-port", "0", "--data-dir", data().toString()));
    command.addAll(flags);
    return ServerProcess.start(command, folder.resolve("blackbox.log"));
  }

  private Path data() {
    return folder.resolve("blackbox-data").toAbsolutePath();
  }

  void deleteData() throws IOException {
    Folders.delete(data());
  }

  /** Sends it the whole file and measures how long it takes, and the disk. */
  NdjsonLoad.Result load(ServerProcess server, Path events, Measurements into)
      throws IOException, InterruptedException {
    ConsumerCost before = ConsumerCost.of(server.uri());
    NdjsonLoad.Result result =
        new NdjsonLoad(
                new NdjsonLoad.Options(
                    server.uri(), events, NdjsonLoad.ALL, CONNECTIONS, SLICE_BYTES))
            .run();
    into.add(Work.NDJSON, result.queryablePerSecond());
    into.add(Work.NDJSON_ANSWERED, result.acknowledgedPerSecond());
    ConsumerCost cost = ConsumerCost.of(server.uri()).since(before);
    into.add(Work.CONSUMERS, cost.percent(result.queryable()));
    into.add(Work.DISK_FRESH, DiskUse.of(data()).events() / (double) result.events());
    if (result.refused() > 0) {
      into.note("senders were told to wait %d times".formatted(result.refused()));
    }
    return result;
  }

  /**
   * Waits until it has nothing left to do after a load, the first of its life, and measures the
   * disk.
   */
  void settle(ServerProcess server, NdjsonLoad.Result load, long events, Measurements into)
      throws IOException, InterruptedException {
    Folders.settled(data());
    into.add(Work.CONSUMERS_ALL, ConsumerCost.of(server.uri()).percent(load.queryable()));
    DiskUse use = DiskUse.of(data());
    into.add(Work.DISK, use.events() / (double) events);
    into.add(Work.DISK_ALL, use.all() / (double) events);
  }

  /** Asks it everything. */
  static void ask(ServerProcess server, Samples samples, Expected expected, Measurements into)
      throws IOException {
    try (HttpConnection connection = new HttpConnection(server.uri())) {
      List<String> ids = new ArrayList<>();
      for (Samples.Sample sample : samples.all()) {
        HttpAnswer answer = connection.get(BlackboxQuestions.path(Question.SESSION, sample, ""));
        ids.add(JSON.readTree(answer.body()).at("/logs/0/event_id").asString());
      }
      QueryTimes.measure(
          (question, number) -> {
            String id = ids.get(number % ids.size());
            return connection.get(BlackboxQuestions.path(question, samples.get(number), id));
          },
          BlackboxQuestions::events,
          expected,
          into);
    }
  }
}
