package io.puraify.blackbox.bench;

/** What every peer is asked once the events are stored. */
enum Question {
  NEWEST_ERRORS(Work.NEWEST_ERRORS),
  NEWEST(Work.NEWEST),
  HISTOGRAM(Work.HISTOGRAM),
  PERCENTILES(Work.PERCENTILES),
  RARE_WORD(Work.RARE_WORD),
  SESSION(Work.SESSION),
  MISSING_TRACE(Work.MISSING_TRACE),
  TOP_USERS(Work.TOP_USERS),
  BY_ID(Work.BY_ID);

  private final Work work;

  Question(Work work) {
    this.work = work;
  }

  Work work() {
    return work;
  }
}
