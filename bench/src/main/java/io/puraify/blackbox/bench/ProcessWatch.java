package io.puraify.blackbox.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Watches the memory and the CPU time of a process while something is measured (Linux). */
final class ProcessWatch implements AutoCloseable {

  private static final long EVERY_MILLIS = 250;

  /** What {@code /proc} counts CPU time in; fixed by the kernel's interface. */
  private static final long TICK_MILLIS = 10;

  private final long pid;
  private final List<Long> residentBytes = new ArrayList<>();
  private final Duration cpuBefore;
  private final Thread sampler = Thread.ofPlatform().daemon().unstarted(this::sample);

  private ProcessWatch(long pid) throws IOException {
    this.pid = pid;
    this.cpuBefore = cpu(pid);
  }

  /** Starts watching; 0 watches nothing. */
  static ProcessWatch start(long pid) throws IOException {
    ProcessWatch watch = new ProcessWatch(pid);
    if (pid > 0) {
      watch.sampler.start();
    }
    return watch;
  }

  /** Runs until the process has ended or nobody watches any more. */
  private void sample() {
    try {
      while (true) {
        add(resident(pid));
        Thread.sleep(EVERY_MILLIS);
      }
    } catch (IOException | InterruptedException e) {
      add(0);
    }
  }

  private synchronized void add(long bytes) {
    residentBytes.add(bytes);
  }

  /** The resident memory of a process, in bytes. */
  static long resident(long pid) throws IOException {
    return memory(pid, "VmRSS:");
  }

  /** The most resident memory that a process has had since it began, in bytes. */
  static long mostResident(long pid) throws IOException {
    return memory(pid, "VmHWM:");
  }

  private static long memory(long pid, String kind) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith(kind)) {
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
      }
    }
    return 0;
  }

  /** The CPU time that a process has used, of all its threads; 0 where the pid is 0. */
  static Duration cpu(long pid) throws IOException {
    if (pid == 0) {
      return Duration.ZERO;
    }
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Duration.ofMillis(
        (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_MILLIS);
  }

  /** The highest resident memory that was seen, in bytes. */
  synchronized long maxResident() {
    return residentBytes.stream().mapToLong(Long::longValue).max().orElse(0);
  }

  /** Resident memory over time, in bytes, four times a second. */
  synchronized List<Long> residentOverTime() {
    return List.copyOf(residentBytes);
  }

  /** The CPU time that the process used since the start. */
  Duration cpu() throws IOException {
    return cpu(pid).minus(cpuBefore);
  }

  @Override
  public void close() {
    sampler.interrupt();
  }
}
