package io.puraify.blackbox.server.cli.terminal;

import java.util.function.IntFunction;

/**
 * A line on standard error that is written anew several times a second, on a thread of its own,
 * until it is closed. Silent where nobody watches.
 */
public final class ProgressLine implements AutoCloseable {

  private static final long EVERY_MILLIS = 200;

  /** ECMA-48: back to the first column, erase the line. */
  private static final String ERASE = "\r\u001b[K";

  private final Thread thread;

  private ProgressLine(Thread thread) {
    this.thread = thread;
  }

  /**
   * Begins to show it.
   *
   * @param text makes the line, at most as many characters long as it is given; called on the
   *     line's thread
   */
  public static ProgressLine show(Shell shell, IntFunction<String> text) {
    if (!shell.terminal().showsErrors()) {
      return new ProgressLine(new Thread(() -> {}));
    }
    // The last column is left free: some terminals go to the next line when it is filled.
    int columns = shell.terminal().columns() - 1;
    Runnable work =
        () -> {
          try {
            while (true) {
              Thread.sleep(EVERY_MILLIS);
              shell.err().print(ERASE + text.apply(columns));
              shell.err().flush();
            }
          } catch (InterruptedException e) {
            shell.err().print(ERASE);
            shell.err().flush();
          }
        };
    return new ProgressLine(Thread.ofPlatform().daemon().name("progress").start(work));
  }

  /** Takes the line away. Closing twice is fine. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
