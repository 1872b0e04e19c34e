package io.puraify.blackbox.server.http;

import io.puraify.blackbox.engine.alerts.AlertDispatcher;
import io.puraify.blackbox.engine.alerts.AlertHistory;
import io.puraify.blackbox.engine.alerts.Inbox;
import io.puraify.blackbox.engine.alerts.Outbox;
import io.puraify.blackbox.engine.alerts.Policies;
import io.puraify.blackbox.engine.alerts.Silences;

/** What the API needs of the Alerts Dispatcher. */
public record Alerts(
    AlertDispatcher dispatcher,
    Policies policies,
    Silences silences,
    AlertHistory history,
    Inbox inbox,
    Outbox outbox) {}
