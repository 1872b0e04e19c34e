package io.puraify.blackbox.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The checkout that is tested, and commands that are run in it or elsewhere. */
public final class Checkout {

  /** Nothing here takes long; what does hangs. */
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private Checkout() {}

  /** Its top folder, which has the launcher. */
  public static Path root() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(at.resolve("blackbox"))) {
      at = at.getParent();
      if (at == null) {
        throw new IllegalStateException("these tests run inside a checkout of Blackbox");
      }
    }
    return at;
  }

  /** All documents: the files that end in {@code .md}, besides those that were built or fetched. */
  public static List<Path> documents() {
    try (Stream<Path> files = Files.walk(root())) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file ->
              !root().relativize(file).toString().matches("(.*/)?(target|data|node_modules)/.*"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a command has printed, and how it ended. */
  public record Result(int exitCode, String out, String err) {}

  /**
   * Runs a command to its end, with nothing to read.
   *
   * @param variables all of the command's environment
   */
  public static Result run(Path folder, Map<String, String> variables, String... command)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("out", ".txt");
    Path err = Files.createTempFile("err", ".txt");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().clear();
      builder.environment().putAll(variables);
      Process process = builder.start();
      if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new IllegalStateException(
            "%s has not ended after %s".formatted(List.of(command), LONGEST));
      }
      return new Result(process.exitValue(), text(out), text(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
