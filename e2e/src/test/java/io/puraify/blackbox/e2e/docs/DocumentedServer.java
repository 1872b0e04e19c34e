package io.puraify.blackbox.e2e.docs;

import io.puraify.blackbox.e2e.Checkout;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged server on an empty folder, started as the documents say. */
final class DocumentedServer implements AutoCloseable {

  private static final String READY = "Blackbox is ready at ";
  private static final int STOP_SECONDS = 30;

  private final Process process;
  private final URI uri;

  private DocumentedServer(Process process, URI uri) {
    this.process = process;
    this.uri = uri;
  }

  /**
   * Starts a server that is ready when this returns.
   *
   * @param folder for its data and its log
   * @param flags further ones
   */
  static DocumentedServer start(Path folder, String... flags) throws IOException {
    Path root = Checkout.root();
    if (!Files.exists(root.resolve("server/target/blackbox.jar"))) {
      throw new IllegalStateException("the server is not packaged; make e2e does that first");
    }
    Path log = folder.resolve("server.log");
    List<String> command = new ArrayList<>(List.of(root.resolve("blackbox").toString(), "serve"));
    command.addAll(List.of("--http-port", "0", "--data-dir", folder.resolve("data").toString()));
    command.addAll(List.of(flags));
    ProcessBuilder builder = new ProcessBuilder(command);
    Process process = builder.directory(folder.toFile()).redirectError(log.toFile()).start();
    BufferedReader out = process.inputReader();
    String line = out.readLine();
    if (line == null || !line.startsWith(READY)) {
      process.destroy();
      throw new IllegalStateException(
          "the server said '%s' instead of being ready; its log: %s"
              .formatted(line, Files.readString(log)));
    }
    return new DocumentedServer(process, URI.create(line.substring(READY.length())));
  }

  URI uri() {
    return uri;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("the server did not stop");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
