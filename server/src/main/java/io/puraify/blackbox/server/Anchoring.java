package io.puraify.blackbox.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.puraify.blackbox.engine.alerts.channel.WebhookChannel;
import io.puraify.blackbox.engine.audit.AnchorReceiver;
import io.puraify.blackbox.engine.audit.WebhookAnchor;
import io.puraify.blackbox.engine.outgoing.AddressGuard;
import io.puraify.blackbox.engine.outgoing.Answer;
import io.puraify.blackbox.engine.outgoing.HttpPost;
import io.puraify.blackbox.engine.state.StateDatabase;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Tells checkpoints of the audit trail by the webhooks that alerts are told by. */
final class Anchoring implements AutoCloseable {

  /** Shorter parts of a URL are words rather than secrets. */
  private static final int LEAST_TOKEN = 6;

  private final HttpPost http;
  private final URI url;
  private final String secret;
  private final WebhookAnchor anchor;

  Anchoring(
      StateDatabase state,
      URI url,
      String secret,
      boolean privateAddresses,
      InstantSource clock,
      MeterRegistry registry) {
    this.http = new HttpPost(new AddressGuard(privateAddresses, "alerts.private.addresses"), clock);
    this.url = url;
    this.secret = secret;
    this.anchor = new WebhookAnchor(state, url.toString(), this::tell, registry);
  }

  void start() {
    anchor.start();
  }

  private AnchorReceiver.Reply tell(String key, byte[] body) throws InterruptedException {
    Map<String, String> headers = WebhookChannel.headers(key, secret, http.clock().instant(), body);
    headers.put("X-Blackbox-Event", "audit_checkpoint");
    Answer answer = http.post(url, body, headers);
    return new AnchorReceiver.Reply(
        answer.outcome() == Answer.Outcome.DELIVERED,
        told(url, answer.text()),
        answer.retryAfter());
  }

  /**
   * What the other side said, for a log: without the URL's path and query, which may have a token
   * in them and which some repeat, whole or in parts.
   */
  static String told(URI url, String text) {
    List<String> secrets = new ArrayList<>();
    for (String part :
        new String[] {url.getRawPath(), url.getPath(), url.getRawQuery(), url.getQuery()}) {
      if (part != null && part.length() > 1) {
        secrets.add(part);
        Stream.of(part.split("[/&=]"))
            .filter(it -> it.length() >= LEAST_TOKEN)
            .forEach(secrets::add);
      }
    }
    secrets.sort(Comparator.comparingInt(String::length).reversed());
    String without = text;
    for (String secret : secrets) {
      without = Answer.without(secret, without);
    }
    return Answer.brief(without);
  }

  /** Tells what is new, if the other side is there. Closing twice is fine. */
  @Override
  public void close() {
    anchor.close();
    http.close();
  }
}
