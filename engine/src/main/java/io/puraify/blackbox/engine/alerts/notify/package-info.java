/** From alerts to notifications: the pipeline, a stage a file. */
@NullMarked
package io.puraify.blackbox.engine.alerts.notify;

import org.jspecify.annotations.NullMarked;
