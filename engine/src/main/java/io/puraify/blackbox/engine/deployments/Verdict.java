package io.puraify.blackbox.engine.deployments;

import java.util.Locale;

/** What came of looking for the cause of an error. */
public enum Verdict {
  /** A change is likely to blame. */
  BLAMED,
  /** Changes fit, but not well. */
  POSSIBLE,
  /** The error became more frequent, and no change fits. */
  UNEXPLAINED,
  /** There is too little to say anything. */
  THIN,
  /** The error is as frequent as it was, for so many calls. */
  UNCHANGED,
  /** The error does not occur. */
  ABSENT;

  /** The name in answers, such as {@code blamed}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
