package io.puraify.blackbox.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * Under which conditions was measured. Nothing of it tells whose machine it was.
 *
 * @param commit that was measured, {@code unknown} outside of a checkout
 * @param memoryBytes of the machine
 * @param events of the file
 * @param commandLine that measures the same again
 */
record Conditions(
    Instant date,
    String commit,
    String jdk,
    int cores,
    long memoryBytes,
    long events,
    String commandLine) {

  static Conditions of(Instant date, long events, String commandLine)
      throws IOException, InterruptedException {
    return new Conditions(
        date.truncatedTo(ChronoUnit.SECONDS),
        checkedOut(),
        Runtime.version().toString(),
        Runtime.getRuntime().availableProcessors(),
        memory(Files.readAllLines(Path.of("/proc/meminfo"))),
        events,
        commandLine);
  }

  private static String checkedOut() throws IOException, InterruptedException {
    String commit = git("rev-parse", "--short=12", "HEAD");
    if (commit.isEmpty()) {
      return "unknown";
    }
    return git("status", "--porcelain").isEmpty() ? commit : commit + " and local changes";
  }

  /** What git says, or nothing where it fails. */
  private static String git(String... arguments) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("git").redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.command().addAll(List.of(arguments));
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? said.strip() : "";
  }

  /** The memory that {@code /proc/meminfo} tells, in bytes. */
  static long memory(List<String> meminfo) {
    return meminfo.stream()
        .filter(line -> line.startsWith("MemTotal:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElseThrow();
  }

  /** As a list in Markdown. */
  String markdown() {
    return String.format(
        Locale.ROOT,
        """
        - %s, commit %s
        - %d cores, %.1f GiB of memory, JDK %s, load driver on the same machine
        - %,d made-up events: `%s`
        """,
        date,
        commit,
        cores,
        memoryBytes / (double) (1L << 30),
        jdk,
        events,
        commandLine);
  }
}
