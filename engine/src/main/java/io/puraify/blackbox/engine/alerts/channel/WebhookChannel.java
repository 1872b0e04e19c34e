package io.puraify.blackbox.engine.alerts.channel;

import io.puraify.blackbox.engine.outgoing.Answer;
import io.puraify.blackbox.engine.outgoing.HttpPost;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Any receiver of JSON. Where there is a secret, {@code X-Blackbox-Signature} is {@code sha256=}
 * and the HMAC-SHA256, in hexadecimal, of the value of {@code X-Blackbox-Timestamp} (seconds since
 * the epoch), a dot and the body.
 */
public final class WebhookChannel implements Channel {

  private final HttpPost http;
  private final String kind;
  private final URI url;
  private final String secret;

  /**
   * @param kind {@code webhook}, or {@code feedback_loop} for the engine of that name
   * @param secret empty for no signature
   */
  public WebhookChannel(HttpPost http, String kind, URI url, String secret) {
    this.http = http;
    this.kind = kind;
    this.url = url;
    this.secret = secret;
  }

  @Override
  public String kind() {
    return kind;
  }

  @Override
  public Answer deliver(Notification notification) throws InterruptedException {
    byte[] body = NotificationJson.bytes(NotificationJson.of(notification));
    Map<String, String> headers = headers(notification.id(), secret, http.clock().instant(), body);
    if (kind.equals("feedback_loop")) {
      headers.put("X-Blackbox-Event", "critical_issue");
    }
    return http.post(url, body, headers);
  }

  /**
   * The headers of a delivery by webhook.
   *
   * @param id the same each time for the same
   * @param secret empty for no signature
   */
  public static Map<String, String> headers(String id, String secret, Instant now, byte[] body) {
    Map<String, String> headers = new TreeMap<>();
    headers.put("Idempotency-Key", id);
    String timestamp = Long.toString(now.getEpochSecond());
    headers.put("X-Blackbox-Timestamp", timestamp);
    if (!secret.isEmpty()) {
      headers.put("X-Blackbox-Signature", "sha256=" + signature(secret, timestamp, body));
    }
    return headers;
  }

  static String signature(String secret, String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((timestamp + '.').getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
