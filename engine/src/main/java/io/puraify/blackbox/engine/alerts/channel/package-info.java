/** Ways to tell somebody: one file a channel. */
@NullMarked
package io.puraify.blackbox.engine.alerts.channel;

import org.jspecify.annotations.NullMarked;
