package io.puraify.blackbox.engine.errors;

/** Whether a frame counts for the fingerprint, and why. */
public enum FrameUse {
  OWN(true, "own code"),
  LIBRARY_ALONE(true, "a library, and the exception has no frame of own code"),
  LIBRARY(false, "a library, and the exception has frames of own code"),
  GENERATED(false, "generated code"),
  IGNORED(false, "ignored by configuration"),
  RECURSION(false, "recursion: the same calls come before"),
  TOO_DEEP(false, "further out than the frames that count");

  private final boolean counts;
  private final String reason;

  FrameUse(boolean counts, String reason) {
    this.counts = counts;
    this.reason = reason;
  }

  public boolean counts() {
    return counts;
  }

  /** For people. */
  public String reason() {
    return reason;
  }
}
