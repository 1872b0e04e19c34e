package io.puraify.blackbox.engine.errors;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why an event is in its group.
 *
 * @param rule what decided the fingerprint, such as {@code stack_trace}, and for people
 * @param configured the name of the grouping rule of the configuration that was applied; {@code
 *     null} for none
 * @param rulesVersion of the configuration; 0 as long as there was none
 * @param algorithm the version of the grouping
 * @param parts what went into the fingerprint, in order
 * @param membership why the group has the fingerprint
 * @param language of the stack trace; {@code null} where none went into the fingerprint
 * @param exceptions of that trace, the one that was reported first
 * @param message {@code null} where it did not go into the fingerprint
 */
public record GroupExplanation(
    String groupId,
    String eventId,
    FingerprintRule rule,
    @Nullable String configured,
    long rulesVersion,
    String fingerprint,
    int algorithm,
    List<String> parts,
    Membership membership,
    @Nullable String language,
    List<JudgedException> exceptions,
    @Nullable Message message) {

  public GroupExplanation {
    parts = List.copyOf(parts);
    exceptions = List.copyOf(exceptions);
  }

  /** Why a group has a fingerprint. */
  public enum Reason {
    BEGAN("the first error of this fingerprint began the group"),
    WORDS("its message differs from those of the group in words alone that turned out to vary"),
    MERGED("somebody merged its group into this one"),
    SPLIT("somebody split it off as this group"),
    OVERFLOW("there are as many as there may be: further ones are counted together");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    /** For people. */
    public String text() {
      return text;
    }
  }

  /**
   * Why the group has the fingerprint.
   *
   * @param change that has moved it, {@code null} where none has
   */
  public record Membership(Reason reason, @Nullable Long change) {}

  /**
   * What was made of the message.
   *
   * @param template that went into the fingerprint
   * @param learned the template with the words that turned out to vary
   * @param values the parts that are values, in order
   */
  public record Message(String template, String learned, List<Value> values) {
    public Message {
      values = List.copyOf(values);
    }
  }

  /**
   * A part of a message that is a value.
   *
   * @param rule that decided so, such as {@code ip}; {@code varies} for a word that turned out to
   *     vary
   * @param value as it is stored: a secret is masked in it
   * @param from its first character in the message
   * @param to behind its last
   */
  public record Value(String rule, String placeholder, String value, int from, int to) {}
}
