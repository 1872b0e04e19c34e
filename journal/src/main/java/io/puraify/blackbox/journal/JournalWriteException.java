package io.puraify.blackbox.journal;

import org.jspecify.annotations.Nullable;

/** A record could not be written, as when the disk is full; later ones may be. */
public final class JournalWriteException extends JournalException {

  private static final long serialVersionUID = 1;

  JournalWriteException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
