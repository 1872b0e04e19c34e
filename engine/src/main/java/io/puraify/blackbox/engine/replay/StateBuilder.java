package io.puraify.blackbox.engine.replay;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds up the state of a session, event by event. For one thread. */
final class StateBuilder {

  /**
   * A state is sent a hundred times a session; a session of people and flows has some tens of
   * actions, and what has more has ids in their names.
   */
  static final int MOST_ACTIONS = 200;

  private final Map<ActionKey, ActionState> actions = new LinkedHashMap<>();
  private long events;
  private long errors;
  private long timeouts;
  private long retries;
  private @Nullable String lastErrorId;
  private long otherEvents;

  /** Begins before the first event. */
  StateBuilder() {}

  /** Goes on from a state. */
  StateBuilder(ReplayState state) {
    events = state.events();
    errors = state.errors();
    timeouts = state.timeouts();
    retries = state.retries();
    lastErrorId = state.lastErrorId();
    otherEvents = state.otherEvents();
    state.actions().forEach(each -> actions.put(each.action(), each));
  }

  void apply(ReplayEvent event) {
    events++;
    retries += event.retries();
    timeouts += "timeout".equals(event.status()) ? 1 : 0;
    if (event.error()) {
      errors++;
      lastErrorId = event.eventId();
    }
    ActionKey key = event.actionKey();
    ActionState before = actions.get(key);
    if (before == null && actions.size() == MOST_ACTIONS) {
      otherEvents++;
      return;
    }
    ActionState none = new ActionState(key, null, 0, 0, 0);
    actions.put(key, (before == null ? none : before).after(event));
  }

  void applyAll(List<ReplayEvent> all) {
    all.forEach(this::apply);
  }

  ReplayState state() {
    return new ReplayState(
        events, errors, timeouts, retries, lastErrorId, List.copyOf(actions.values()), otherEvents);
  }
}
