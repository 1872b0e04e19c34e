package io.puraify.blackbox.engine.errors;

import io.puraify.blackbox.engine.templates.Explanation;
import io.puraify.blackbox.engine.templates.Template;
import io.puraify.blackbox.engine.templates.Templates;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Learns which words of errors' messages vary. What it knows follows from the messages it has
 * learned, in order, which are stored; so it is the same after a restart and when the journal is
 * replayed. When it has learned as many as it may, it begins anew, and the groups stay as they are.
 * Not safe for several threads.
 */
final class MessageLearner {

  /** Each takes a few kilobytes in memory, and as many as its text has on disk. */
  static final int MOST_MESSAGES = 4_000;

  /** So many can be known at once that none is ever forgotten, which would be seen in groups. */
  private static final int MOST_TEMPLATES = 4 * MOST_MESSAGES;

  private static final int LONGEST = 2_048;

  private final MessageTemplates plain;
  private final Set<String> seen = new HashSet<>();
  private final List<Merge> merges = new ArrayList<>();
  private Templates templates = templates();

  /** A template that is part of another one from now on, by their fingerprints. */
  record Merge(long part, long whole) {}

  /** Begins with nothing; {@code plain} says what a message is like as it stands alone. */
  MessageLearner(MessageTemplates plain) {
    this.plain = plain;
  }

  private Templates templates() {
    return new Templates(MOST_TEMPLATES, this::merged);
  }

  private void merged(Template part, Template whole) {
    merges.add(new Merge(part.fingerprint(), whole.fingerprint()));
  }

  /** Learns again what is stored. */
  void load(Handle handle) {
    reset();
    List<String> messages =
        handle
            .select("SELECT message FROM error_messages ORDER BY number")
            .mapTo(String.class)
            .list();
    for (String message : messages) {
      seen.add(plain.of(message));
      var _ = templates.add(message);
    }
    merges.clear();
  }

  private void reset() {
    templates = templates();
    seen.clear();
    merges.clear();
  }

  /**
   * Learns a message.
   *
   * @param alone the message's template by rules alone
   * @return the fingerprint of its template
   */
  long learn(Handle handle, String message, String alone) {
    String cut = cut(message);
    String masked = cut.length() == message.length() ? alone : plain.of(cut);
    if (!seen.contains(masked) && seen.size() >= MOST_MESSAGES) {
      reset();
      handle.execute("DELETE FROM error_messages");
    }
    if (seen.add(masked)) {
      handle.execute(
          "INSERT INTO error_messages (number, message) VALUES (?, ?)", seen.size(), cut);
    }
    return templates.add(cut).fingerprint();
  }

  private static String cut(String message) {
    return message.length() <= LONGEST ? message : message.substring(0, LONGEST);
  }

  /** What of a message is a value by all that was learned, without learning it. */
  Explanation explain(String message) {
    return templates.explain(cut(message));
  }

  /** What turned out to be the same since the last time. */
  List<Merge> drainMerges() {
    List<Merge> drained = List.copyOf(merges);
    merges.clear();
    return drained;
  }
}
