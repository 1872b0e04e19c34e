package io.puraify.blackbox.engine.forward;

/** What an answer means for the items of a request. */
enum Ruling {
  TAKEN,
  /** They are more than the other side takes at once. */
  TOO_LARGE,
  /** One of them would never be taken, and which is not said. */
  MIXED,
  /** It would never be taken. */
  REFUSED,
  /**
   * They may be taken later. Also where a setting is wrong, as with 401, 403 and 404: nothing is
   * lost until somebody has put it right.
   */
  LATER;

  /**
   * Reads an answer.
   *
   * @param status of HTTP; 0 where there was no answer
   * @param items of the request
   */
  static Ruling of(int status, int items) {
    if (status / 100 == 2) {
      return TAKEN;
    }
    return switch (status) {
      case 413 -> items > 1 ? TOO_LARGE : REFUSED;
      case 400, 422 -> items > 1 ? MIXED : REFUSED;
      default -> LATER;
    };
  }
}
