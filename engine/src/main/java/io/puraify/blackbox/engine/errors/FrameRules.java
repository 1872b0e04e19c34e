package io.puraify.blackbox.engine.errors;

import java.util.List;

/**
 * What configuration says of frames, by their stable names: {@code com.acme.} is a package of Java,
 * {@code acme/} a package of Go, {@code billing/} a folder.
 */
record FrameRules(NamePatterns own, NamePatterns ignored) {

  static final FrameRules NONE = new FrameRules(NamePatterns.NONE, NamePatterns.NONE);

  static FrameRules of(List<String> own, List<String> ignored) {
    return new FrameRules(new NamePatterns(own), new NamePatterns(ignored));
  }
}
