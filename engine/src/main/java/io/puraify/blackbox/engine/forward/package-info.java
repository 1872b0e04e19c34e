/**
 * Forwards events to other systems, such as Datadog and Sentry: a consumer of the journal for each,
 * with a filter and a position of its own.
 */
@NullMarked
package io.puraify.blackbox.engine.forward;

import org.jspecify.annotations.NullMarked;
