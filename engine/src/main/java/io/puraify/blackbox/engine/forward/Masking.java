package io.puraify.blackbox.engine.forward;

import io.puraify.blackbox.engine.outgoing.Answer;
import io.puraify.blackbox.engine.outgoing.HttpPost;

/** Keeps a destination's secret out of what is said about it: some repeat what they were sent. */
final class Masking {

  private Masking() {}

  static HttpPost.Reply of(HttpPost.Reply reply, String secret) {
    Answer answer = reply.answer();
    String text = Answer.without(secret, answer.text());
    return new HttpPost.Reply(
        new Answer(answer.outcome(), text, answer.retryAfter()),
        reply.status(),
        Answer.without(secret, reply.body()));
  }
}
