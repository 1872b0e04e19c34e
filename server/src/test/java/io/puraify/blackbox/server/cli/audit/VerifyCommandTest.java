package io.puraify.blackbox.server.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.server.TestServer;
import io.puraify.blackbox.server.cli.terminal.TestShell;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class VerifyCommandTest {

  @TempDir private Path folder;
  private final TestShell shell = new TestShell();
  private final StringWriter usage = new StringWriter();
  private @Nullable Exception failure;
  private Path bundle = Path.of("");
  private Path key = Path.of("");

  private int run(String... arguments) {
    return new CommandLine(new VerifyCommand(shell.shell()))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setErr(new PrintWriter(usage))
        .setExecutionExceptionHandler((thrown, line, result) -> {
          failure = thrown;
          return 1;
        })
        .execute(arguments);
  }

  private static void download(TestServer server, String what, Path into) throws IOException {
    try (InputStream in = server.uri().resolve("/monitoring/audit/" + what).toURL().openStream()) {
      Files.copy(in, into, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** A server whose trail is verified and downloaded, and which is gone then. */
  @BeforeEach
  void download() throws Exception {
    bundle = folder.resolve("audit.bundle");
    key = folder.resolve("audit.pem");
    try (TestServer server = TestServer.start(folder.resolve("data"))) {
      server.post(
          TestServer.JSON,
          "{\"project_id\":\"p\",\"timestamp\":\"2025-07-25T10:00:00Z\",\"message\":\"hello\"}");
      shell.with("BLACKBOX_SERVER", server.uri().toString());
      // The event comes to the audit trail a moment after the store has it.
      do {
        assertThat(run("-o", "json")).as("%s", failure).isZero();
      } while (!shell.out().contains("\"events\" : 1,"));
      download(server, "bundle", bundle);
      download(server, "key", key);
    }
  }

  @Test
  void aBundleIsVerifiedWithoutAServer() {
    int before = shell.out().length();
    assertThat(run("--offline", bundle.toString(), "--key", key.toString()))
        .as("%s %s", failure, usage)
        .isZero();
    assertThat(shell.out().substring(before))
        .startsWith(
            "Everything holds: 1 event from 2025-07-25T10:00:00Z to 2025-07-25T10:00:00Z as recorded.\n"
                + "Checkpoint 0 of ")
        .contains("SHA256:");
  }

  @Test
  void aBundleNeedsAKeyThatIsKnown() {
    assertThat(run("--offline", bundle.toString())).isEqualTo(2);
    assertThat(usage.toString()).contains("--key");
  }

  @Test
  void anotherKeyDoesNotHold() throws Exception {
    Path other = folder.resolve("other.pem");
    try (TestServer server = TestServer.start(folder.resolve("other"))) {
      download(server, "key", other);
      shell.with("BLACKBOX_SERVER", server.uri().toString());
      assertThat(run("--key", key.toString())).isEqualTo(1);
      assertThat(failure).hasMessageContaining("which is not the key of the file");
    }
    int before = shell.out().length();
    assertThat(run("--offline", bundle.toString(), "--key", other.toString())).isEqualTo(1);
    assertThat(shell.out().substring(before)).startsWith("DOES NOT HOLD (checkpoint_signature): ");
  }

  @Test
  void whatIsNoBundleIsSaid() throws Exception {
    Files.writeString(bundle, "hello");
    assertThat(run("--offline", bundle.toString(), "--key", key.toString())).isEqualTo(1);
    assertThat(failure).hasMessageContaining("audit.bundle").hasMessageContaining("bundle");
  }
}
