package io.puraify.blackbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

class OpenSearchIndexTest {

  @Test
  void everyLineOfABulkSaysWhatIsToBeDone() {
    ByteBuffer lines = ByteBuffer.wrap("{\"a\":1}\n{\"b\":2}\n".getBytes(StandardCharsets.UTF_8));
    assertThat(StandardCharsets.UTF_8.decode(OpenSearchIndex.bulk(lines)).toString())
        .isEqualTo("{\"create\":{}}\n{\"a\":1}\n{\"create\":{}}\n{\"b\":2}\n");
  }

  @ParameterizedTest
  @EnumSource(names = "BY_ID", mode = EnumSource.Mode.EXCLUDE)
  void aQuestionIsASearch(Question question) {
    String search =
        OpenSearchIndex.search(question, new Samples.Sample("pf_1", "s_2", "0".repeat(32)));
    assertThat(JsonMapper.shared().readTree(search).path("size").asInt()).isPositive();
  }
}
