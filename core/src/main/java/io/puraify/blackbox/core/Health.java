package io.puraify.blackbox.core;

/**
 * What a component says of itself.
 *
 * @param detail for people: what works, or what does not and what to do about it
 */
public record Health(boolean healthy, String detail) {

  public static Health up(String detail) {
    return new Health(true, detail);
  }

  public static Health down(String detail) {
    return new Health(false, detail);
  }
}
