package io.puraify.blackbox.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What a process prints to one of its streams, read as it comes. Safe for any thread. */
final class Output {

  private final List<String> lines = new ArrayList<>();
  private boolean ended;

  /** Reads until the stream ends, on a thread of its own. */
  Output(BufferedReader stream) {
    Thread.ofPlatform().daemon().name("output").start(() -> read(stream));
  }

  private void read(BufferedReader stream) {
    try (stream) {
      for (String line = stream.readLine(); line != null; line = stream.readLine()) {
        add(line);
      }
    } catch (IOException e) {
      add("(the stream broke: " + e.getMessage() + ")");
    } finally {
      end();
    }
  }

  private synchronized void add(String line) {
    lines.add(line);
    notifyAll();
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** The first line that is wanted; empty where there is none when it ends, or in time. */
  synchronized Optional<String> await(Predicate<String> wanted, Duration longest)
      throws InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    while (true) {
      Optional<String> found = lines.stream().filter(wanted).findFirst();
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (found.isPresent() || ended || left <= 0) {
        return found;
      }
      wait(left);
    }
  }

  /** All lines; waits for the end of the stream. */
  List<String> toTheEnd() throws InterruptedException {
    await(line -> false, Patience.LONG);
    return soFar();
  }

  synchronized List<String> soFar() {
    return List.copyOf(lines);
  }

  @Override
  public String toString() {
    return String.join("\n", soFar());
  }
}
