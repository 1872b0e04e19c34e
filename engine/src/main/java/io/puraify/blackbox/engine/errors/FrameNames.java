package io.puraify.blackbox.engine.errors;

/** What a language's compilers, runtimes and libraries call things. Stateless. */
interface FrameNames {

  /**
   * The frame under a name that stays the same from build to build and from run to run: without
   * numbers of lambdas, anonymous classes and chunks.
   */
  String stable(Frame frame);

  /** Whether no person wrote the function: a proxy, an accessor, the machinery of coroutines. */
  boolean generated(Frame frame);

  /** Whether the function belongs to the language or to a library that others publish. */
  boolean library(Frame frame);
}
