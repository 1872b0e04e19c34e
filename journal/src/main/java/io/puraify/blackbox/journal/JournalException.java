package io.puraify.blackbox.journal;

import org.jspecify.annotations.Nullable;

/** The journal cannot be used as it is; the message names the file, the fact and the remedy. */
public class JournalException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public JournalException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
