package io.puraify.blackbox.engine.alerts.channel;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Threads in memory, by the group. */
public final class RememberedThreads implements Threads {

  private final Map<String, String> threads = new ConcurrentHashMap<>();

  @Override
  public Optional<String> find(Notification notification) {
    return Optional.ofNullable(threads.get(notification.group()));
  }

  @Override
  public void open(Notification notification, String thread) {
    threads.put(notification.group(), thread);
  }

  @Override
  public void end(Notification notification) {
    threads.remove(notification.group());
  }
}
