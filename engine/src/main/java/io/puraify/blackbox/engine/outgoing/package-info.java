/** The way out to other systems: where it may lead, what an answer means, when to come again. */
@NullMarked
package io.puraify.blackbox.engine.outgoing;

import org.jspecify.annotations.NullMarked;
