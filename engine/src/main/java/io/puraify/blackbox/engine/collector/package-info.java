/**
 * The Structured Logs Collector: turns what senders send into events that are safe on disk.
 *
 * <p>A {@link Collector} has a {@link Lane} for each thread that receives; an {@link Ingest} is one
 * request on a lane. Bytes are decoded straight into the columns of a block, and no object is made
 * for an event.
 */
@NullMarked
package io.puraify.blackbox.engine.collector;

import org.jspecify.annotations.NullMarked;
