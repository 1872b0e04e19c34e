package io.puraify.blackbox.e2e.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.e2e.Checkout;
import io.puraify.blackbox.e2e.Checkout.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindJdkTest {

  private static final String SCRIPT = Checkout.root().resolve("scripts/find-jdk.sh").toString();

  @TempDir private Path folder;
  private final Map<String, String> variables = new HashMap<>();
  private Path places = Path.of("");

  @BeforeEach
  void prepare() throws IOException {
    places = Files.createDirectories(folder.resolve("with space/jdks"));
    variables.put("BLACKBOX_JDK_PLACES", places + "/*");
    variables.put("HOME", folder.toString());
    // The tools that the script uses, and no java.
    Path tools = Files.createDirectories(folder.resolve("tools"));
    for (String tool : new String[] {"sed", "sort", "head", "cat", "readlink"}) {
      FakeJdk.executable(tools.resolve(tool), "PATH=/usr/bin:/bin exec %s \"$@\"".formatted(tool));
    }
    variables.put("PATH", tools.toString());
  }

  private Result find(String... arguments) throws IOException, InterruptedException {
    String[] command = new String[arguments.length + 2];
    command[0] = "/bin/sh";
    command[1] = SCRIPT;
    System.arraycopy(arguments, 0, command, 2, arguments.length);
    return Checkout.run(folder, variables, command);
  }

  private void finds(Path home) throws IOException, InterruptedException {
    assertThat(find()).isEqualTo(new Result(0, home + "\n", ""));
  }

  @Test
  void aJavaHomeThatIsNewEnoughIsTaken() throws IOException, InterruptedException {
    FakeJdk.create(places.resolve("other"), "25");
    Path home = FakeJdk.create(folder.resolve("mine"), "26.0.1");
    variables.put("JAVA_HOME", home.toString());
    finds(home);
  }

  @Test
  void aJavaHomeThatIsTooOldIsPassedOver() throws IOException, InterruptedException {
    Path home = FakeJdk.create(places.resolve("jdk-25"), "25.0.1");
    variables.put("JAVA_HOME", FakeJdk.create(folder.resolve("old"), "17.0.15").toString());
    finds(home);
  }

  @Test
  void theJavaOnThePathIsTakenWhereItIsNewEnough() throws IOException, InterruptedException {
    FakeJdk.create(places.resolve("other"), "25");
    Path home = FakeJdk.create(folder.resolve("mine"), "25.0.2");
    Path link = folder.resolve("tools/java");
    Files.createSymbolicLink(link, home.resolve("bin/java"));
    finds(home);
  }

  @Test
  void theJavaOnThePathThatIsTooOldIsPassedOver() throws IOException, InterruptedException {
    Path home = FakeJdk.create(places.resolve("jdk-25"), "25");
    Path old = FakeJdk.create(folder.resolve("old"), "1.8.0_392");
    Files.createSymbolicLink(folder.resolve("tools/java"), old.resolve("bin/java"));
    finds(home);
  }

  @Test
  void aShimOnThePathIsAskedWhereItsJdkIs() throws IOException, InterruptedException {
    Path home = FakeJdk.create(folder.resolve("managed"), "25.0.1");
    FakeJdk.executable(
        folder.resolve("tools/java"), "echo '    java.home = %s' >&2".formatted(home));
    finds(home);
  }

  @Test
  void theLowestVersionThatIsNewEnoughIsTakenFromThePlaces()
      throws IOException, InterruptedException {
    FakeJdk.create(places.resolve("a"), "27");
    FakeJdk.create(places.resolve("b"), "21.0.9");
    Path home = FakeJdk.create(places.resolve("c"), "25.0.1");
    FakeJdk.create(places.resolve("d"), "100");
    finds(home);
  }

  @Test
  void aJdkWithoutAReleaseFileIsStarted() throws IOException, InterruptedException {
    FakeJdk.withoutReleaseFile(places.resolve("old"), "21.0.1");
    finds(FakeJdk.withoutReleaseFile(places.resolve("new"), "25-ea"));
  }

  @Test
  void aRuntimeWithoutCompilerIsEnoughToRun() throws IOException, InterruptedException {
    Path home = FakeJdk.create(places.resolve("jre"), "25");
    Files.delete(home.resolve("bin/javac"));
    assertThat(find().exitCode()).isEqualTo(2);
    assertThat(find("java")).isEqualTo(new Result(0, home + "\n", ""));
  }

  @Test
  void whereThereIsNoneItSaysWhatWasFoundAndHowToGetOne() throws IOException, InterruptedException {
    Path old = FakeJdk.create(places.resolve("jdk-17"), "17.0.15");
    Files.createSymbolicLink(places.resolve("another-name"), old);
    Result result = find();
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .containsOnlyOnce("Java 17 in " + old)
        .contains("apt-get install openjdk-25-jdk-headless")
        .contains("sdk install java 25-tem")
        .contains("https://adoptium.net");
  }
}
