package io.puraify.blackbox.engine.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

  private final Redaction redaction = new Redaction(RedactionOptions.DEFAULT);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Authorization: Bearer abc.def-123456    | Authorization: [redacted:bearer_token]
          got bearer 0123456789, retrying         | got [redacted:bearer_token], retrying
          key AKIAIOSFODNN7EXAMPLE used           | key [redacted:cloud_key] used
          ghp_0123456789012345678901234567890123  | [redacted:service_token]
          xoxb-1234567890-abc failed              | [redacted:service_token] failed
          jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIi.x-y_z | jwt [redacted:jwt]
          card 4111 1111 1111 1111 declined       | card [redacted:card_number] declined
          card 4111-1111-1111-1111.               | card [redacted:card_number].
          378282246310005 and 5555555555554444    | [redacted:card_number] and [redacted:card_number]
          postgres://app:s3cret@db:5432/x         | postgres://app:[redacted:url_password]@db:5432/x
          login user=ann password=abc;x           | login user=ann password=[redacted:password];x
          ?access_token=abc&page=2                | ?access_token=[redacted:token]&page=2
          password="a b" and password='c'         | password="[redacted:password]" and password='[redacted:password]'
          password="a\\"b" c                      | password="[redacted:password]" c
          password="cut off                       | password="[redacted:password]
          sent {"db_password": "a", "b": "c"}     | sent {"db_password": "[redacted:password]", "b": "c"}
          sent {\\"token\\":\\"a\\"} twice         | sent {\\"token\\":\\"[redacted:token]"} twice
          """)
  void secretsInTextAreMasked(String text, String masked) {
    assertThat(redact(text)).isEqualTo(masked);
  }

  @Test
  void aPrivateKeyIsMaskedToItsEndEvenWhereThatIsCutOff() {
    String begin = "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n";
    assertThat(redact("a " + begin + "-----END RSA PRIVATE KEY----- b"))
        .isEqualTo("a [redacted:private_key] b");
    assertThat(redact("a " + begin)).isEqualTo("a [redacted:private_key]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Invalid token",
        "token expired after 3600 s",
        "the bearer of bad news",
        "Receiving block blk_-6952295868487656571 src: /10.251.73.220:50010",
        "order 4111111111111112 has a wrong check digit",
        "id 00004111111111111111 is longer",
        "x4111111111111111",
        "uid=0 euid=0 tty=ssh ruser= rhost=173.234.31.186",
        "https://example.com:8080/path?page=2",
        "{\"has_password\": true, \"token\": null, \"a\": \"b\"}",
        "password=\"\"",
        "at 14:01:00 \"quoted\": word",
        "session 12345678901234567890 on 2025-07-25 14:01:00",
        "-----BEGIN CERTIFICATE-----"
      })
  void otherTextStaysAsItIs(String text) {
    assertThat(redact(text)).isEqualTo(text);
  }

  private String redact(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] redacted = redaction.redact(bytes, 0, bytes.length);
    return redacted == null ? text : new String(redacted, StandardCharsets.UTF_8);
  }
}
