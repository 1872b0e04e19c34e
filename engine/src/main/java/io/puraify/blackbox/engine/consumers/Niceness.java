package io.puraify.blackbox.engine.consumers;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a thread is worth to the operating system's scheduler. Java's own priorities mean nothing
 * there unless the whole JVM is started for that.
 */
final class Niceness {

  private static final Logger log = LoggerFactory.getLogger(Niceness.class);

  /** About a tenth of what an ordinary thread gets while both want a processor. */
  private static final int BACK = 10;

  /** {@code PRIO_PROCESS} of {@code sys/resource.h}. */
  private static final int PROCESS = 0;

  /** For Linux, which takes a thread for a process here (setpriority(2), "C library/kernel"). */
  private static final int CALLING_THREAD = 0;

  private Niceness() {}

  /**
   * Has the calling thread stand back behind all others, for good. Where the system is another or
   * does not let it, nothing happens.
   */
  // The JVM is started with native access for all (jvm.options).
  @SuppressWarnings("restricted")
  static void standBack() {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return;
    }
    try {
      Linker linker = Linker.nativeLinker();
      MethodHandle setpriority =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("setpriority"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT));
      int failed = (int) setpriority.invokeExact(PROCESS, CALLING_THREAD, BACK);
      if (failed != 0) {
        log.debug("the system lets no thread stand back");
      }
    } catch (Throwable e) {
      log.debug("no thread can stand back here", e);
    }
  }
}
