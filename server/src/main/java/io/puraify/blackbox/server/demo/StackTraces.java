package io.puraify.blackbox.server.demo;

import java.util.Locale;
import java.util.Random;

/**
 * Invents the frames below an exception's first line, as Java, Python and Node.js print them. The
 * same action, failure and variant give the same frames, as the same fault in a program does.
 */
final class StackTraces {

  /** How many ways lead to the same failure. */
  static final int VARIANTS = 2;

  private static final int LINES_OF_A_FILE = 480;

  private StackTraces() {}

  /** All lines but the one that names the exception. Python puts that one last. */
  static String frames(
      Catalogue.Engine engine, String platform, String action, Failure failure, int variant) {
    String seed = engine + platform + action + failure.errorType() + variant;
    Random random = new Random(seed.hashCode());
    return switch (failure.language()) {
      case JAVA -> java(engine, platform, action, variant, random);
      case PYTHON -> python(engine, platform, action, variant, random);
      case JAVASCRIPT -> javaScript(engine, platform, action, variant, random);
    };
  }

  private static String java(
      Catalogue.Engine engine, String platform, String action, int variant, Random random) {
    String home = "io.puraify." + engine.engineName();
    String subject = (platform.isEmpty() ? camel(engine.engineName()) : platform.replace(" ", ""));
    StringBuilder frames = new StringBuilder();
    if (variant == 0) {
      frame(frames, "java.net.http/jdk.internal.net.http.HttpClientImpl", "send", random);
    }
    String client = home + ".http.RetryingClient";
    frame(frames, client, "exchange", random);
    String connector = home + "." + subject.toLowerCase(Locale.ROOT) + "." + subject;
    String method = action.isEmpty() ? "run" : lowerFirst(camel(action));
    frame(frames, connector + "Connector", method, random);
    frame(frames, home + ".flow.StepRunner", variant == 0 ? "call" : "callAgain", random);
    frame(frames, home + ".flow.FlowRunner", "lambda$run$" + variant, random);
    frame(frames, home + ".flow.FlowRunner", "run", random);
    frame(frames, "java.base/java.util.concurrent.FutureTask", "run", random);
    frame(frames, "java.base/java.lang.VirtualThread", "run", random);
    if (variant == 1) {
      frames.append("\nCaused by: java.io.IOException: closed");
      frame(frames, "java.base/sun.nio.ch.SocketChannelImpl", "ensureOpen", random);
      frame(frames, client, "read", random);
      frames.append("\n\t... ").append(5 + random.nextInt(9)).append(" more");
    }
    return frames.toString();
  }

  private static void frame(StringBuilder frames, String type, String method, Random random) {
    String file = type.substring(type.lastIndexOf('.') + 1);
    frames.append("\n\tat ").append(type).append('.').append(method).append('(').append(file);
    frames.append(".java:").append(line(random)).append(')');
  }

  private static String python(
      Catalogue.Engine engine, String platform, String action, int variant, Random random) {
    String home = "/srv/puraify/" + engine.engineName() + "/";
    String subject = platform.isEmpty() ? "rules" : platform.toLowerCase(Locale.ROOT);
    StringBuilder frames = new StringBuilder("Traceback (most recent call last):");
    pythonFrame(frames, home + "worker.py", "run", "return self.handle(message)", random);
    pythonFrame(frames, home + "worker.py", "handle", "result = step(payload)", random);
    if (variant == 1) {
      pythonFrame(frames, home + "retry.py", "attempt", "return call(*args)", random);
    }
    String name = action.isEmpty() ? "run" : action;
    String file = home + subject.replace(' ', '_') + ".py";
    pythonFrame(frames, file, name, "value = self.map(row, target)", random);
    pythonFrame(frames, home + "mapping.py", "map", "return converter(row[target])", random);
    return frames.toString();
  }

  private static void pythonFrame(
      StringBuilder frames, String file, String function, String code, Random random) {
    frames.append("\n  File \"").append(file).append("\", line ").append(line(random));
    frames.append(", in ").append(function).append("\n    ").append(code);
  }

  private static String javaScript(
      Catalogue.Engine engine, String platform, String action, int variant, Random random) {
    String home = "/app/" + engine.engineName() + "/dist/";
    String subject = platform.isEmpty() ? camel(engine.engineName()) : platform.replace(" ", "");
    String method = action.isEmpty() ? "run" : lowerFirst(camel(action));
    StringBuilder frames = new StringBuilder();
    nodeFrame(frames, subject + "." + method, home + subject.toLowerCase(Locale.ROOT), random);
    if (variant == 1) {
      nodeFrame(frames, "async Promise.all (index 0)", "", random);
    }
    nodeFrame(frames, "async StepRunner.call", home + "runner", random);
    nodeFrame(frames, "async FlowRunner.run", home + "runner", random);
    nodeFrame(
        frames, "process.processTicksAndRejections", "node:internal/process/task_queues", random);
    return frames.toString();
  }

  private static void nodeFrame(StringBuilder frames, String function, String file, Random random) {
    frames.append("\n    at ").append(function);
    if (!file.isEmpty()) {
      String suffix = file.startsWith("node:") ? "" : ".js";
      frames.append(" (").append(file).append(suffix).append(':').append(line(random));
      frames.append(':').append(3 + random.nextInt(40)).append(')');
    }
  }

  private static int line(Random random) {
    return 12 + random.nextInt(LINES_OF_A_FILE);
  }

  private static String camel(String snake) {
    StringBuilder name = new StringBuilder();
    for (String word : snake.split("_", -1)) {
      name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
    }
    return name.toString();
  }

  private static String lowerFirst(String name) {
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}
