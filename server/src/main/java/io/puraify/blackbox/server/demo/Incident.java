package io.puraify.blackbox.server.demo;

import java.time.Instant;

/**
 * Something goes wrong: a new version of the vault forgets to renew the access tokens of one
 * platform, so that a tenth of the users cannot use it until the next version, and in one project
 * nobody can.
 *
 * @param platform whose tokens expire
 * @param project whose users all have one token, by its place among the projects, so that no call
 *     of theirs succeeds; {@link #NO_PROJECT} where there is none
 * @param start when the bad version is deployed
 * @param end when the mended version is deployed
 */
public record Incident(String platform, int project, Instant start, Instant end) {

  /** One user in this many is hit. */
  static final int ONE_USER_IN = 10;

  static final int NO_PROJECT = -1;

  /** An incident that hits users here and there. */
  public Incident(String platform, Instant start, Instant end) {
    this(platform, NO_PROJECT, start, end);
  }

  public Incident {
    if (end.isBefore(start)) {
      throw new IllegalArgumentException("an incident ends after it starts");
    }
  }
}
