/**
 * Deployments and other changes, and which of them may be to blame for an error: what was changed
 * when, from events alone, and an exact test of how often the error came before and after.
 */
@NullMarked
package io.puraify.blackbox.engine.deployments;

import org.jspecify.annotations.NullMarked;
