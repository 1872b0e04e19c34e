package io.puraify.blackbox.server.demo;

import java.time.Instant;

/**
 * Something goes wrong: a new version of the vault forgets to renew the access tokens of one
 * platform, so that a tenth of the users cannot use it until the next version.
 *
 * @param platform whose tokens expire
 * @param start when the bad version is deployed
 * @param end when the mended version is deployed
 */
public record Incident(String platform, Instant start, Instant end) {

  /** One user in this many is hit. */
  static final int ONE_USER_IN = 10;

  public Incident {
    if (end.isBefore(start)) {
      throw new IllegalArgumentException("an incident ends after it starts");
    }
  }
}
