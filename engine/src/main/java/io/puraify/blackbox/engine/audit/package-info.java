/**
 * The Audit Trail Tracker: who did what and when, and the proof that nothing of it was altered or
 * removed. Leaves of a Merkle tree stand for what was recorded, and signed checkpoints for the
 * tree.
 */
@NullMarked
package io.puraify.blackbox.engine.audit;

import org.jspecify.annotations.NullMarked;
