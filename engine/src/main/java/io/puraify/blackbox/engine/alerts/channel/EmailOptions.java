package io.puraify.blackbox.engine.alerts.channel;

import java.util.List;

/**
 * Which server sends mail, and to whom.
 *
 * @param port usually 587 with {@code STARTTLS}, 465 with {@code IMPLICIT}
 * @param user empty where the server wants nobody to sign in
 */
public record EmailOptions(
    String host,
    int port,
    Security security,
    String user,
    String password,
    String from,
    List<String> to) {

  public EmailOptions {
    to = List.copyOf(to);
  }

  /** How the connection is made private. */
  public enum Security {
    /** It begins in the open and turns to TLS, or is given up. */
    STARTTLS,
    /** TLS from the beginning. */
    IMPLICIT,
    /** Not at all. */
    NONE
  }
}
