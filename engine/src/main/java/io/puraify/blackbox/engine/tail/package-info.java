/** The live tail: events as they come in, for whoever watches. */
@NullMarked
package io.puraify.blackbox.engine.tail;

import org.jspecify.annotations.NullMarked;
