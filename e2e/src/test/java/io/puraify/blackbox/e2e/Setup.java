package io.puraify.blackbox.e2e;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How a server is started.
 *
 * @param folder the working directory; the data folder is {@code data} in it
 * @param flags of {@code blackbox serve}, besides the folder and a free port
 * @param jvmFlags without spaces in them
 * @param variables further ones of the environment
 */
record Setup(
    Path folder, List<String> flags, List<String> jvmFlags, Map<String, String> variables) {

  /** The launcher that is tested; {@code -De2e.launcher=FILE} tests one that was unpacked. */
  private static final Path LAUNCHER =
      Path.of(System.getProperty("e2e.launcher", Checkout.root().resolve("blackbox").toString()));

  /**
   * The quick compiler alone: what starts for a few seconds is gone before the other has paid for
   * itself, and 3.1 s of processor time, for a start and forty requests, become 1.8.
   */
  private static final String QUICK_COMPILER = "-XX:TieredStopAtLevel=1";

  static Setup in(Path folder) {
    return new Setup(folder, List.of(), List.of(QUICK_COMPILER), Map.of());
  }

  /** One for long work, with both compilers, as users have it. */
  Setup forLongWork() {
    return new Setup(folder, flags, List.of(), variables);
  }

  Setup withFlags(String... more) {
    return new Setup(folder, joined(flags, more), jvmFlags, variables);
  }

  Setup withVariable(String name, String value) {
    Map<String, String> more = new HashMap<>(variables);
    more.put(name, value);
    return new Setup(folder, flags, jvmFlags, more);
  }

  /** One that ends the process when a fault point is reached, after so many passes of it. */
  Setup crashingAt(String point, int passes) {
    return withProperty("blackbox.crash.at", point + ":" + passes);
  }

  Setup withProperty(String name, String value) {
    return new Setup(folder, flags, joined(jvmFlags, "-D" + name + "=" + value), variables);
  }

  private static List<String> joined(List<String> list, String... more) {
    return Stream.concat(list.stream(), Stream.of(more)).toList();
  }

  Path dataDir() {
    return folder.resolve("data");
  }

  /** What is started. */
  ProcessBuilder serve() {
    List<String> arguments = new ArrayList<>(List.of("serve"));
    arguments.addAll(List.of("--http-port", "0", "--data-dir", dataDir().toString()));
    // Of a flag that is given twice, picocli takes none; what a test sets replaces ours.
    flags.stream().filter(flag -> flag.startsWith("--")).forEach(flag -> drop(arguments, flag));
    arguments.addAll(flags);
    ProcessBuilder builder = new ProcessBuilder(command(arguments)).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment());
    builder.environment().put("BLACKBOX_JAVA_OPTS", String.join(" ", jvmFlags));
    builder.environment().putAll(variables);
    return builder;
  }

  private static void drop(List<String> arguments, String flag) {
    int at = arguments.indexOf(flag);
    if (at >= 0) {
      arguments.remove(at + 1);
      arguments.remove(at);
    }
  }

  /** The launcher with arguments. */
  static List<String> command(List<String> arguments) {
    return Stream.concat(Stream.of(LAUNCHER.toString()), arguments.stream()).toList();
  }

  /** The tests' own environment, without what somebody has set for Blackbox, with their JDK. */
  static Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.keySet().removeIf(name -> name.startsWith("BLACKBOX_"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("BLACKBOX_JAVA_OPTS", QUICK_COMPILER);
    return environment;
  }
}
