/** Which events of a block a filter means, column by column. */
@NullMarked
package io.puraify.blackbox.engine.match;

import org.jspecify.annotations.NullMarked;
