package io.puraify.blackbox.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The running server that a command measures. */
final class Target {

  @Option(
      names = "--server",
      defaultValue = "http://127.0.0.1:7070",
      description = "Where it listens (${DEFAULT-VALUE}).")
  private URI server = URI.create("http://127.0.0.1:7070");

  @Option(names = "--pid", description = "Its process, to watch its memory and CPU time.")
  private long pid;

  @Option(names = "--data-dir", description = "Its folder, to measure the disk space.")
  private @Nullable Path dataDir;

  URI server() {
    return server;
  }

  long pid() {
    return pid;
  }

  /** Prints what is known of the server after a load of so many events. */
  void printServer(ProcessWatch watch, long events) throws IOException {
    if (pid > 0) {
      String overTime =
          watch.residentOverTime().stream()
              .map(bytes -> Long.toString(bytes >> 20))
              .collect(Collectors.joining(" "));
      System.out.printf(
          Locale.ROOT,
          "server: CPU %.2f s, resident at most %d MiB; MiB over time: %s%n",
          watch.cpu().toMillis() / 1e3,
          watch.maxResident() >> 20,
          overTime);
    }
    if (dataDir != null) {
      DiskUse use = DiskUse.of(dataDir);
      System.out.printf(
          Locale.ROOT,
          "disk: events %,d bytes (%.1f an event), journal %,d bytes, all %,d bytes%n",
          use.events(),
          use.events() / (double) events,
          use.journal(),
          use.all());
    }
  }
}
