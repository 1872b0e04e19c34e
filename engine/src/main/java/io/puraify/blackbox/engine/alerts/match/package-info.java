/** Which events of a block a policy means, column by column. */
@NullMarked
package io.puraify.blackbox.engine.alerts.match;

import org.jspecify.annotations.NullMarked;
