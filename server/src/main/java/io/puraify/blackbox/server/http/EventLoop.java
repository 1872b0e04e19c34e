package io.puraify.blackbox.server.http;

import io.vertx.core.Context;

/** The thread that serves some of the connections, and the way onto it from others. */
final class EventLoop {

  private final Context context;
  private final Thread thread;

  /** For the calling thread, which must be one of Vert.x's event loops. */
  EventLoop(Context context) {
    this.context = context;
    this.thread = Thread.currentThread();
  }

  /** Runs a task on the event loop: at once where the caller is on it, else in turn. */
  void run(Runnable task) {
    if (Thread.currentThread() == thread) {
      task.run();
    } else {
      later(task);
    }
  }

  /** Runs a task on the event loop after what it has at hand, in the order of the calls. */
  void later(Runnable task) {
    context.runOnContext(_ -> task.run());
  }
}
