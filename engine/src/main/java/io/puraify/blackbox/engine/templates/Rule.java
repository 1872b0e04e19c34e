package io.puraify.blackbox.engine.templates;

import java.util.Locale;

/**
 * Why a part of a message is a value and not part of its template, in general terms: no rule knows
 * where a message comes from.
 */
public enum Rule {
  /** A part with {@code ://} in it: it names a resource, one of many. */
  URL,
  /** A name, {@code @} and a domain: it names a person. */
  EMAIL,
  /** Four numbers with dots, or hexadecimal groups with colons, with or without a port. */
  IP,
  /** A domain name that ends in a top-level domain: it names a machine, one of many. */
  HOST,
  /** 32 hexadecimal digits in five groups, which are made to be different each time. */
  UUID,
  /** {@code 0x} and digits, or at least 6 hexadecimal digits: an address, a hash or a code. */
  HEX,
  /** A day or a moment, in numbers or with the English names of months and days. */
  DATE,
  /** A time of day, or a span written in the same way. */
  TIME,
  /** A number with a unit of time. */
  DURATION,
  /** A number with a unit of bytes. */
  SIZE,
  /** Names between slashes or backslashes: it names a file or a route, one of many. */
  PATH,
  /** One word in quotation marks: whoever wrote the message marked it as a value. */
  QUOTED,
  /** Digits; those within a name tell which one of its kind is meant, its letters the kind. */
  NUM,
  /** Letters and digits that alternate too often for a word: a made-up name. */
  ID,
  /** {@code true}, {@code null} and the like behind a key: what a variable prints. */
  LITERAL,
  /** What follows "for user", "by host" and the like: the noun says that a name comes next. */
  NAME,
  /** Brackets around nothing: a value that was empty this time. */
  EMPTY,
  /** Values of several kinds in the same place or beside each other. */
  MIXED("<*>"),
  /** A word in whose place other messages of the same shape have other words, or values. */
  VARIES("<*>");

  private final String placeholder;

  Rule() {
    this.placeholder = "<" + name().toLowerCase(Locale.ROOT) + ">";
  }

  Rule(String placeholder) {
    this.placeholder = placeholder;
  }

  /** What stands for a value in a template's text, such as {@code <ip>}. */
  public String placeholder() {
    return placeholder;
  }
}
