package io.puraify.blackbox.core;

/**
 * Decides which events of a block are stored as one. What it decides is written to the journal with
 * the block; nobody decides again. Used by one thread.
 */
@FunctionalInterface
public interface StoringPolicy {

  /** Every event is stored. */
  StoringPolicy ALL = block -> block;

  /** The block, in which some rows may be folded into others. */
  EventBlock apply(EventBlock block);
}
