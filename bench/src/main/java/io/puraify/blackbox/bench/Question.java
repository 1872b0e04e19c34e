package io.puraify.blackbox.bench;

/** What every peer is asked once the events are stored. */
enum Question {
  NEWEST_ERRORS(Work.NEWEST_ERRORS),
  NEWEST(Work.NEWEST),
  SESSION(Work.SESSION),
  MISSING_TRACE(Work.MISSING_TRACE),
  BY_ID(Work.BY_ID);

  private final Work work;

  Question(Work work) {
    this.work = work;
  }

  Work work() {
    return work;
  }

  /** Whether so many events can be the answer; anything else is not worth a measurement. */
  boolean isAnsweredBy(long events) {
    return this == MISSING_TRACE ? events == 0 : events > 0;
  }
}
