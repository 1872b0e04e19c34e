package io.puraify.blackbox.server.cli;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signals that end a server. The first one asks it to stop, so that it ends with exit code 0 as
 * service managers expect; the second ends the process at once. A signal that the process was
 * started to ignore, as SIGHUP under nohup, stays ignored.
 *
 * <p>{@code sun.misc.Signal} is the one way to tell a first signal from a second: the JVM ignores
 * signals while its shutdown hooks run. It is part of every JDK (module {@code jdk.unsupported})
 * and named here as text alone, because the compiler warns of its name.
 */
public final class StopSignals {

  private static final Logger log = LoggerFactory.getLogger(StopSignals.class);

  private static final List<String> NAMES = List.of("TERM", "INT", "HUP");

  /** What a shell reports of a process that a signal has ended is this and the signal's number. */
  private static final int KILLED = 128;

  private StopSignals() {}

  /** Takes the signals from now on; the latch opens with the first of them. */
  public static CountDownLatch install() {
    CountDownLatch asked = new CountDownLatch(1);
    for (String name : NAMES) {
      install(name, asked);
    }
    return asked;
  }

  private static void install(String name, CountDownLatch asked) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Method number = signal.getMethod("getNumber");
      Object ours =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                received((int) number.invoke(arguments[0]), asked);
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
    } catch (ReflectiveOperationException e) {
      // Under -Xrs the signals are the system's, and end the process at once.
      log.warn("SIG{} cannot be handled and will end the server at once", name, e);
    }
  }

  private static void received(int number, CountDownLatch asked) {
    if (asked.getCount() == 0) {
      Runtime.getRuntime().halt(KILLED + number);
    }
    asked.countDown();
  }
}
