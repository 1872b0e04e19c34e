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
import java.util.Map;

/** Tells checkpoints of the audit trail by the webhooks that alerts are told by. */
final class Anchoring implements AutoCloseable {

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
        answer.outcome() == Answer.Outcome.DELIVERED, answer.text(), answer.retryAfter());
  }

  /** Tells what is new, if the other side is there. Closing twice is fine. */
  @Override
  public void close() {
    anchor.close();
    http.close();
  }
}
