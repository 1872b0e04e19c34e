package io.puraify.blackbox.server.cli.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerReaderTest {

  private static AnswerReader reader(String text) {
    String wire = text.replace("\n", "\r\n");
    return new AnswerReader(new ByteArrayInputStream(wire.getBytes(StandardCharsets.UTF_8)));
  }

  private static void assertAnswer(String text, int status, String body, boolean keepsAlive)
      throws IOException {
    AnswerReader reader = reader(text);
    HttpAnswer answer = reader.read();
    assertThat(answer.status()).isEqualTo(status);
    assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(body);
    assertThat(reader.keepsAlive()).isEqualTo(keepsAlive);
  }

  @Test
  void bodiesEndWhereTheHeadSays() throws IOException {
    assertAnswer("HTTP/1.1 200 OK\nContent-Length: 5\n\nhello and more", 200, "hello", true);
    assertAnswer("HTTP/1.1 204 No Content\n\nHTTP/1.1", 204, "", true);
    assertAnswer(
        "HTTP/1.1 200\ntransfer-encoding: chunked\n\n5;x=y\nhello\n6\n world\n0\nA: b\n\nmore",
        200,
        "hello world",
        true);
    assertAnswer("HTTP/1.1 500 Oh\n\nto the end", 500, "to the end", false);
    assertAnswer("HTTP/1.1 200 OK\nConnection: close\nContent-Length: 1\n\nx", 200, "x", false);
    assertAnswer("HTTP/1.0 200 OK\nContent-Length: 1\n\nx", 200, "x", false);
  }

  @Test
  void interimAnswersAreSkipped() throws IOException {
    assertAnswer(
        "HTTP/1.1 100 Continue\n\nHTTP/1.1 202 Accepted\nContent-Length: 1\n\nx", 202, "x", true);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SSH-2.0-OpenSSH                             | this is no HTTP/1.1 server
          HTTP/2 200                                  | this is no HTTP/1.1 server
          HTTP/1.1 200 OK~Content-Length: 9~~x        | closed the connection before it had answered
          HTTP/1.1 200 OK~Content-Length: x~~         | says that its answer is 'x' long
          HTTP/1.1 200 OK~Content-Length: -1~~        | the answer is longer than
          HTTP/1.1 200 OK~Content-Le                  | closed the connection before it had answered
          HTTP/1.1 200~Transfer-Encoding: chunked~~9~x | closed the connection before it had answered
          """)
  void whatIsNoAnswerIsSaidSo(String text, String message) {
    assertThatThrownBy(() -> reader(text.replace("~", "\n") + "\n").read())
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aHeadWithoutAnEndIsGivenUp() {
    assertThatThrownBy(() -> reader("HTTP/1.1 200 OK\nX: " + "x".repeat(70_000)).read())
        .hasMessageContaining("the head of the answer is longer");
  }
}
