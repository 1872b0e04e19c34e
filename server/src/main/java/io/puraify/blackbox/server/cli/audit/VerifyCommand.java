package io.puraify.blackbox.server.cli.audit;

import io.puraify.blackbox.engine.audit.AuditException;
import io.puraify.blackbox.engine.audit.AuditPublicKey;
import io.puraify.blackbox.engine.audit.Bundle;
import io.puraify.blackbox.server.cli.http.HttpAnswer;
import io.puraify.blackbox.server.cli.http.HttpConnection;
import io.puraify.blackbox.server.cli.http.ServerAddress;
import io.puraify.blackbox.server.cli.http.ServerFailedException;
import io.puraify.blackbox.server.cli.http.ServerOption;
import io.puraify.blackbox.server.cli.output.TextOptions;
import io.puraify.blackbox.server.cli.terminal.Printable;
import io.puraify.blackbox.server.cli.terminal.Shell;
import io.puraify.blackbox.server.http.AuditJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code blackbox audit verify}: whether the audit trail of a server or of a bundle holds. */
@Command(
    name = "verify",
    description = {
      "Says whether any event was altered, removed, inserted or moved since it was recorded; where"
          + " that is so, the first thing that does not hold and where it is.",
      "",
      "Asks a server, or with --offline reads a bundle that GET /monitoring/audit/bundle gave, and"
          + " trusts nothing of it but signatures by the key.",
      ""
    },
    abbreviateSynopsis = true,
    footer = {
      "",
      "Exit code: 0 where everything holds, 1 where something does not or nothing could be verified,"
          + " 2 for wrong usage.",
      "",
      "Examples:",
      "  blackbox audit verify",
      "  curl -o audit.pem http://127.0.0.1:7070/monitoring/audit/key",
      "  curl -o audit.bundle http://127.0.0.1:7070/monitoring/audit/bundle",
      "  blackbox audit verify --offline audit.bundle --key audit.pem"
    },
    mixinStandardHelpOptions = true)
public final class VerifyCommand implements Callable<Integer> {

  private static final String VERIFY = "/monitoring/audit/verify";

  /** The server gives a sign of life every ten seconds. */
  private static final Duration SILENCE = Duration.ofMinutes(2);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--offline",
      paramLabel = "BUNDLE",
      description = "Verify this file, without a server.")
  private @Nullable Path bundle;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = {
        "The public key that is known to be the right one, as PEM; needed with --offline."
      })
  private @Nullable Path keyFile;

  @Option(
      names = "--anchor",
      paramLabel = "FILE",
      description = "With --offline: the checkpoints that the server's audit.anchor has.")
  private @Nullable Path anchorFile;

  @Mixin private ServerOption server = new ServerOption();
  @Mixin private TextOptions output = new TextOptions();

  private final Shell shell;

  /** Prepares the command. */
  public VerifyCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException {
    AuditPublicKey key = keyFile == null ? null : key(keyFile);
    JsonNode verification = bundle == null ? ask() : read(bundle, key);
    requireKey(verification, key);
    output.print(shell, verification, VerificationText::lines);
    return verification.path("holds").asBoolean(false) ? 0 : 1;
  }

  private static AuditPublicKey key(Path file) throws IOException {
    try {
      return AuditPublicKey.parse(Files.readString(file, StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException e) {
      throw new IOException("%s cannot be used: %s".formatted(file, e.getMessage()), e);
    }
  }

  private JsonNode ask() {
    if (anchorFile != null) {
      throw new ParameterException(
          spec.commandLine(), "--anchor goes with --offline; a server has its own");
    }
    ServerAddress address = server.address(shell.variables());
    try (HttpConnection connection = HttpConnection.open(address)) {
      byte[] body = connection.stream(VERIFY, Map.of(), SILENCE).readAllBytes();
      JsonNode json = new HttpAnswer(200, Map.of(), body).json();
      if (!json.has("holds")) {
        throw new ServerFailedException("the server broke its answer off; its log says why", null);
      }
      return json;
    } catch (IOException e) {
      throw ServerFailedException.unreachable(address, e);
    }
  }

  private JsonNode read(Path file, @Nullable AuditPublicKey key) throws IOException {
    if (key == null) {
      throw new ParameterException(
          spec.commandLine(),
          "--offline needs the --key that is known to be the right one: whoever makes a false bundle"
              + " puts a key of their own into it");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] json = AuditJson.verification(new Bundle(in).verify(key, anchorFile), key);
      return new HttpAnswer(200, Map.of(), json).json();
    } catch (AuditException e) {
      throw new IOException("%s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static void requireKey(JsonNode verification, @Nullable AuditPublicKey key)
      throws IOException {
    String used = verification.path("key").asString("");
    if (key != null && !key.fingerprint().equals(used)) {
      throw new IOException(
          "the server signs with %s, which is not the key of the file, %s"
              .formatted(Printable.lines(used), key.fingerprint()));
    }
  }
}
