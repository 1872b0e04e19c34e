package io.puraify.blackbox.engine.templates;

import org.jspecify.annotations.Nullable;

/**
 * What messages have in common, with placeholders for what varies.
 *
 * <p>It may turn out to be the same as another one: then both have the same {@link #root()} from
 * there on. Not safe for several threads, as the {@link Templates} that it is from.
 */
public final class Template {

  private final long fingerprint;

  /** The lower, the older; the oldest of those that turn out to be the same is their root. */
  private final long number;

  private Shape shape;
  private @Nullable Template parent;

  Template(long fingerprint, long number, Shape shape) {
    this.fingerprint = fingerprint;
    this.number = number;
    this.shape = shape;
  }

  /**
   * The template that this one has become part of; itself as long as it is part of none. Whoever
   * counts by template adds up by root in the end.
   */
  public Template root() {
    Template root = this;
    while (root.parent != null) {
      root = root.parent;
    }
    // Whoever asks next has a short way.
    Template at = this;
    while (at.parent != null) {
      Template next = at.parent;
      at.parent = root;
      at = next;
    }
    return root;
  }

  /**
   * A hash of the template as its first message had it. It depends on that message alone: the same
   * in every process, within one {@link Templates#ALGORITHM_VERSION}.
   */
  public long fingerprint() {
    return fingerprint;
  }

  /**
   * The text with placeholders, such as {@code Failed password for <*> from <ip> port <num>}; cut
   * behind 2,048 characters.
   */
  public String text() {
    return root().shape.text();
  }

  Shape shape() {
    return root().shape;
  }

  /** Makes this and another template the same; the older one is the root of both. */
  Template merge(Template other) {
    Template one = root();
    Template two = other.root();
    if (one == two) {
      return one;
    }
    Template older = one.number < two.number ? one : two;
    Template younger = older == one ? two : one;
    younger.parent = older;
    older.shape = older.shape.with(younger.shape);
    return older;
  }

  @Override
  public String toString() {
    return text();
  }
}
