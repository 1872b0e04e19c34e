/**
 * The Alerts Dispatcher: the right people hear of it, once, and can see why.
 *
 * <p>{@link io.puraify.blackbox.engine.alerts.AlertDispatcher} reads the journal, evaluates the
 * policies, runs the pipeline and keeps everything in the state database; {@link
 * io.puraify.blackbox.engine.alerts.Outbox} delivers.
 */
@NullMarked
package io.puraify.blackbox.engine.alerts;

import org.jspecify.annotations.NullMarked;
