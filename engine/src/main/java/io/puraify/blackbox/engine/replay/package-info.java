/**
 * Replay: which sessions there were, one of them as a timeline that can be played, what led to an
 * error in it, and which other sessions had the same.
 */
@NullMarked
package io.puraify.blackbox.engine.replay;

import org.jspecify.annotations.NullMarked;
