package io.puraify.blackbox.server.cli.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:7070, http://127.0.0.1:7070",
    "http://logs/, http://logs:80",
    "https://logs.example/blackbox/, https://logs.example:443/blackbox",
    "HTTP://[::1]:7070, http://[::1]:7070"
  })
  void addressesAreRead(String url, String address) {
    assertThat(ServerAddress.parse(url)).hasToString(address);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "127.0.0.1:7070", "localhost:7070", "ftp://x", "http://", "a b"})
  void whatIsNoAddressIsRefusedWithAnExample(String url) {
    assertThatThrownBy(() -> ServerAddress.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'%s' is no address of a server; write one such as http://127.0.0.1:7070", url);
  }
}
