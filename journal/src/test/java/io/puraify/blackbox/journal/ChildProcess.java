package io.puraify.blackbox.journal;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A second JVM with the same class path, for what only another process can show. */
final class ChildProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader out;

  /** Starts the {@code main} of a class; what it prints to standard error is passed on. */
  ChildProcess(Class<?> main, Object... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    out = process.inputReader();
  }

  long pid() {
    return process.pid();
  }

  /** The next line that it prints, or {@code null} when it has ended. */
  String line() throws IOException {
    return out.readLine();
  }

  /** What it prints from here to its end. */
  List<String> lines() {
    return out.lines().toList();
  }

  /** Its exit code; 137 after a kill. */
  int exit() throws InterruptedException {
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new AssertionError("the process with pid %d does not end".formatted(pid()));
    }
    return process.exitValue();
  }

  /** Lets it end where it waits for its standard input to end. */
  void finish() throws IOException {
    process.getOutputStream().close();
  }

  /** Ends it as {@code kill -9} does; what it has printed can still be read. */
  void kill() {
    process.toHandle().destroyForcibly();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
