package io.puraify.blackbox.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.e2e.Checkout;
import io.puraify.blackbox.e2e.Checkout.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs the commands of the documents, in order and against one server a document: those in blocks
 * that begin with {@code ```sh run}. What they print is compared with the block behind.
 */
class CommandBlocksTest {

  private static final String RUN = "sh run";
  private static final String DOCUMENTED = "http://127.0.0.1:7070";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/api.md"})
  void commandsPrintWhatTheDocumentSays(String document) throws IOException, InterruptedException {
    List<Markdown.Block> blocks = Markdown.read(Checkout.root().resolve(document)).blocks();
    assertThat(blocks).as("%s has commands to run", document).anyMatch(b -> b.info().equals(RUN));
    List<String> failures = new ArrayList<>();
    Path launcher =
        Files.createSymbolicLink(folder.resolve("blackbox"), Checkout.root().resolve("blackbox"));
    try (DocumentedServer server = DocumentedServer.start(folder)) {
      for (int i = 0; i < blocks.size(); i++) {
        if (blocks.get(i).info().equals(RUN)) {
          try {
            run(blocks, i, server);
          } catch (AssertionError e) {
            failures.add("%s:%d: %s".formatted(document, blocks.get(i).line(), e.getMessage()));
          }
        }
      }
    } finally {
      Files.delete(launcher);
    }
    assertThat(failures).isEmpty();
  }

  private void run(List<Markdown.Block> blocks, int index, DocumentedServer server)
      throws IOException, InterruptedException {
    String url = server.uri().toString();
    Map<String, String> variables = new HashMap<>(System.getenv());
    variables.put("BLACKBOX_SERVER", url);
    String script = blocks.get(index).text().replace(DOCUMENTED, url);
    Result result = Checkout.run(folder, variables, "sh", "-euc", script);
    assertThat(result.exitCode()).as("exit code; it said: %s", result.err()).isZero();
    if (index + 1 < blocks.size() && Claim.isClaim(blocks.get(index + 1))) {
      Claim.check(blocks.get(index + 1), result.out().replace(url, DOCUMENTED));
    }
  }
}
