package io.puraify.blackbox.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {

  @ParameterizedTest
  @CsvSource({
    "4GiB, 4294967296, 4GiB",
    "4 gib, 4294967296, 4GiB",
    "1.5GiB, 1610612736, 1536MiB",
    "1GB, 1000000000, 1000000000B",
    "512MB, 512000000, 500000KiB",
    "1048576, 1048576, 1MiB",
    "7b, 7, 7B"
  })
  void sizesAreReadAndWrittenExactly(String text, long bytes, String shortest) {
    assertThat(ByteSize.parse(text)).isEqualTo(bytes);
    assertThat(ByteSize.format(bytes)).isEqualTo(shortest);
    assertThat(ByteSize.parse(shortest)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GiB", "-1MiB", "1GiBs", "0.3B", "1e9", "999999999999999TiB"})
  void whatIsNoSizeIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ByteSize.parse(text));
  }
}
