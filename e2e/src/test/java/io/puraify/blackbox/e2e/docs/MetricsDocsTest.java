package io.puraify.blackbox.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.e2e.Checkout;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsDocsTest {

  private static final Pattern DOCUMENTED = Pattern.compile("^\\| `(blackbox_\\w+)` \\|");
  private static final Pattern MEASURED =
      Pattern.compile("^# TYPE (blackbox_\\w+)", Pattern.MULTILINE);

  /** One event that is accepted, with a secret and a value that does not fit; one that is not. */
  private static final String BODY =
      """
      {"project_id":"pf_1","duration_ms":"long","message":"Authorization: Bearer abcdefghijkl"}
      {"message":"nobody's"}
      """;

  @TempDir private Path folder;

  @Test
  void everyMetricIsExplained() throws IOException, InterruptedException {
    Set<String> documented = new TreeSet<>();
    for (String line : Markdown.read(Checkout.root().resolve("docs/operating.md")).prose()) {
      DOCUMENTED.matcher(line).results().map(found -> found.group(1)).forEach(documented::add);
    }
    assertThat(documented).containsExactlyElementsOf(measured());
  }

  /** It is not public, so that nothing leaves. */
  private Path destinations() throws IOException {
    return Files.writeString(
        folder.resolve("destinations.yaml"),
        "destinations: {it: {kind: sentry, dsn: 'http://k@127.0.0.1:9/1'}}\n");
  }

  private Set<String> measured() throws IOException, InterruptedException {
    // Nothing is told there: it is an address that is not public.
    String anchor = "http://127.0.0.1:9/";
    try (DocumentedServer server =
            DocumentedServer.start(
                folder,
                "--forward-destinations",
                destinations().toString(),
                "--audit-anchor-url",
                anchor,
                "--errors-store",
                "collapse");
        HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest ingest =
          HttpRequest.newBuilder(server.uri().resolve("/monitoring/logs?wait=stored"))
              .header("Content-Type", "application/x-ndjson")
              .POST(BodyPublishers.ofString(BODY))
              .build();
      assertThat(client.send(ingest, BodyHandlers.discarding()).statusCode()).isEqualTo(202);
      HttpRequest scrape = HttpRequest.newBuilder(server.uri().resolve("/metrics")).build();
      String metrics = client.send(scrape, BodyHandlers.ofString()).body();
      return MEASURED
          .matcher(metrics)
          .results()
          .map((MatchResult found) -> found.group(1))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
