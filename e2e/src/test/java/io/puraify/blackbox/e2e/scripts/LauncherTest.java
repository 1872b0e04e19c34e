package io.puraify.blackbox.e2e.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.e2e.Checkout;
import io.puraify.blackbox.e2e.Checkout.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the launcher with a JVM that only prints its arguments. */
class LauncherTest {

  private static final Instant BUILT = Instant.parse("2026-01-01T12:00:00Z");

  @TempDir private Path folder;
  private final Map<String, String> variables = new HashMap<>(System.getenv());
  private Path checkout = Path.of("");
  private Path lib = Path.of("");

  @BeforeEach
  void copy() throws IOException {
    checkout = Files.createDirectories(folder.resolve("a check out"));
    copy("blackbox", "blackbox");
    copy("scripts/find-jdk.sh", "scripts/find-jdk.sh");
    copy("server/src/main/dist/jvm.options", "server/src/main/dist/jvm.options");
    lib = checkout.resolve("server/target");
    jars(lib);
    Path jdk = FakeJdk.create(folder.resolve("jdk 25"), "25.0.1");
    variables.put("JAVA_HOME", jdk.toString());
    variables.remove("BLACKBOX_JAVA_OPTS");
  }

  private void copy(String from, String to) throws IOException {
    Path target = checkout.resolve(to);
    Files.createDirectories(target.getParent());
    Files.copy(Checkout.root().resolve(from), target);
    target.toFile().setExecutable(true);
  }

  private static void jars(Path lib) throws IOException {
    Files.createDirectories(lib.resolve("lib"));
    for (String name : List.of("blackbox.jar", "lib/some.jar")) {
      Files.createFile(lib.resolve(name));
      Files.setLastModifiedTime(lib.resolve(name), FileTime.from(BUILT));
    }
    Files.setLastModifiedTime(lib.resolve("lib"), FileTime.from(BUILT));
  }

  private void cache(Instant modified) throws IOException {
    Path cache = Files.createFile(lib.resolve("blackbox.aot"));
    Files.setLastModifiedTime(cache, FileTime.from(modified));
  }

  private List<String> launch(Path launcher, String... arguments)
      throws IOException, InterruptedException {
    String[] command = new String[arguments.length + 1];
    command[0] = launcher.toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Result result = Checkout.run(folder, variables, command);
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    return result.out().lines().toList();
  }

  private List<String> launch() throws IOException, InterruptedException {
    return launch(checkout.resolve("blackbox"));
  }

  private String options() {
    return "@" + checkout.resolve("server/src/main/dist/jvm.options");
  }

  @Test
  void argumentsArriveAsTheyAreGiven() throws IOException, InterruptedException {
    assertThat(
            launch(
                checkout.resolve("blackbox"), "query", "message=token  expired", "*", "", "$HOME"))
        .containsExactly(
            options(),
            "-jar",
            lib.resolve("blackbox.jar").toString(),
            "query",
            "message=token  expired",
            "*",
            "",
            "$HOME");
  }

  @Test
  void aLinkToTheLauncherIsFollowed() throws IOException, InterruptedException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path link = Files.createSymbolicLink(bin.resolve("bb"), Path.of("../a check out/blackbox"));
    assertThat(launch(link)).hasSize(3).last().asString().endsWith("blackbox.jar");
  }

  @Test
  void flagsOfTheUserComeBehindOurs() throws IOException, InterruptedException {
    variables.put("BLACKBOX_JAVA_OPTS", "-Xmx1g -Da=b");
    assertThat(launch())
        .containsExactly(
            options(), "-Xmx1g", "-Da=b", "-jar", lib.resolve("blackbox.jar").toString());
  }

  @Test
  void aCacheThatIsNewerThanAllJarsIsUsed() throws IOException, InterruptedException {
    cache(BUILT.plusSeconds(1));
    assertThat(launch()).contains("-XX:AOTCache=" + lib.resolve("blackbox.aot"));
  }

  @Test
  void aCacheThatIsOlderThanAJarIsNotUsed() throws IOException, InterruptedException {
    cache(BUILT.plusSeconds(1));
    Files.setLastModifiedTime(lib.resolve("lib/some.jar"), FileTime.from(BUILT.plusSeconds(2)));
    assertThat(launch()).noneMatch(argument -> argument.contains("AOTCache"));
  }

  @Test
  void whatIsUnpackedElsewhereRunsWithoutSources() throws IOException, InterruptedException {
    checkout = Files.createDirectories(folder.resolve("unpacked"));
    copy("blackbox", "blackbox");
    copy("scripts/find-jdk.sh", "lib/find-jdk.sh");
    jars(checkout.resolve("lib"));
    assertThat(launch())
        .containsExactly(
            "@" + checkout.resolve("lib/jvm.options"),
            "-jar",
            checkout.resolve("lib/blackbox.jar").toString());
  }

  @Test
  void withoutAJdkItEndsWith2AndSaysHowToGetOne() throws IOException, InterruptedException {
    variables.put("JAVA_HOME", "");
    variables.put("PATH", "/usr/bin:/bin");
    variables.put("BLACKBOX_JDK_PLACES", folder + "/none/*");
    Path tools = Files.createDirectories(folder.resolve("tools"));
    FakeJdk.executable(tools.resolve("java"), "echo 'openjdk version \"17.0.15\"' >&2");
    variables.merge("PATH", tools.toString(), (path, first) -> first + ":" + path);
    Result result = Checkout.run(folder, variables, checkout.resolve("blackbox").toString());
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("Blackbox needs a JDK 25 or newer");
  }
}
