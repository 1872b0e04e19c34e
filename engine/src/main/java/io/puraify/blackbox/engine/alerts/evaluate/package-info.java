/** From events to alerts: windows, conditions and the states of alerts. */
@NullMarked
package io.puraify.blackbox.engine.alerts.evaluate;

import org.jspecify.annotations.NullMarked;
