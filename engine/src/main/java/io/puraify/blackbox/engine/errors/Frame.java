package io.puraify.blackbox.engine.errors;

/**
 * One call in a stack trace, as it was printed. Where it was in the file is not kept: lines move
 * with every change around them.
 *
 * @param module what the function is part of: a class, a package or a file; may be empty
 * @param function the function or method; may be empty
 * @param file where its source or its binary is; may be empty
 */
public record Frame(String module, String function, String file) {

  /** The call as people write it. */
  public String text() {
    String place = module.isEmpty() ? file : module;
    return place.isEmpty() ? function : place + " " + function;
  }
}
