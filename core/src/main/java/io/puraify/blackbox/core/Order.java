package io.puraify.blackbox.core;

/** The order of found events: by time, and by position where times are equal. */
public enum Order {
  OLDEST_FIRST,
  NEWEST_FIRST
}
