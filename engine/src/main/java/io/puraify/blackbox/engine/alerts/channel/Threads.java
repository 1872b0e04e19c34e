package io.puraify.blackbox.engine.alerts.channel;

import java.util.Optional;

/**
 * Which conversation a group of alerts has on a channel, for channels whose messages can answer
 * others. Kept over a restart. Safe for any thread.
 */
public interface Threads {

  /** The thread of the notification's group on its channel; empty where none is open. */
  Optional<String> find(Notification notification);

  /** Keeps that the notification has opened a thread. */
  void open(Notification notification, String thread);

  /** Forgets the thread of the notification's group; what follows opens another one. */
  void end(Notification notification);
}
