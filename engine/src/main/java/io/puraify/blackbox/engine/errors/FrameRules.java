package io.puraify.blackbox.engine.errors;

import java.util.List;

/**
 * What configuration says of frames, by the beginning of their stable names: {@code com.acme.} is a
 * package of Java, {@code acme/} a package of Go, {@code billing/} a folder.
 */
record FrameRules(Prefixes own, Prefixes ignored) {

  static final FrameRules NONE = new FrameRules(Prefixes.NONE, Prefixes.NONE);

  static FrameRules of(List<String> own, List<String> ignored) {
    return new FrameRules(Prefixes.of(own), Prefixes.of(ignored));
  }
}
