package io.puraify.blackbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OpenSearchIndexTest {

  @Test
  void everyLineOfABulkSaysWhatIsToBeDone() {
    ByteBuffer lines = ByteBuffer.wrap("{\"a\":1}\n{\"b\":2}\n".getBytes(StandardCharsets.UTF_8));
    assertThat(StandardCharsets.UTF_8.decode(OpenSearchIndex.bulk(lines)).toString())
        .isEqualTo("{\"create\":{}}\n{\"a\":1}\n{\"create\":{}}\n{\"b\":2}\n");
  }
}
