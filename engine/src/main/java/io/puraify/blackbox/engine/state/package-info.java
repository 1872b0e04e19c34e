/**
 * What Blackbox knows besides events, in one small database that all features share: each has
 * tables of its own, and the position of its consumer is written in the same transaction.
 */
@NullMarked
package io.puraify.blackbox.engine.state;

import org.jspecify.annotations.NullMarked;
