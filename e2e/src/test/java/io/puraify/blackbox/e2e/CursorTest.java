package io.puraify.blackbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CursorTest {

  @TempDir private Path folder;

  @Test
  void aCursorFromNowhereIsRefused() throws Exception {
    try (ServerProcess server = ServerProcess.start(folder);
        Client client = Client.of(server)) {
      client.postStored(Client.NDJSON, "{\"project_id\":\"a\"}\n".repeat(5)).recorded(5);
      String good =
          client.search("project_id", "a", "limit", "2").json().path("next_cursor").asString();
      assertThat(client.search("project_id", "a", "cursor", good).logs("project_id")).hasSize(3);

      for (String cursor :
          List.of("nowhere", "", "AAAA", noise(good), good + good, changed(good))) {
        assertRefused(client.search("project_id", "a", "cursor", cursor));
      }
      assertRefused(client.search("project_id", "b", "cursor", good));
      client.assertServerGoesOn();
    }
  }

  private static void assertRefused(Answer answer) {
    answer.problem(400, "invalid-parameters");
    assertThat(answer.json().path("errors").path(0).path("pointer").asString()).isEqualTo("cursor");
  }

  /** As long as a cursor, but never made by a server. */
  private static String noise(String good) {
    byte[] bytes = Base64.getUrlDecoder().decode(good);
    new Random(1).nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Made by a server, but of another place. */
  private static String changed(String good) {
    byte[] bytes = Base64.getUrlDecoder().decode(good);
    bytes[bytes.length / 2]++;
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
