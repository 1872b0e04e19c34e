package io.puraify.blackbox.engine.errors;

import org.jspecify.annotations.Nullable;

/**
 * What joins fingerprints that differ in words which turned out to vary.
 *
 * @param template the fingerprint of the learned template; {@code null} where it does not count
 * @param context a hash of what else such errors must have in common; 0 where there is no template
 */
record Learned(@Nullable Long template, long context) {

  static final Learned NOTHING = new Learned(null, 0);
}
