/** The error aggregator: a flood of errors as a short list of groups. */
@NullMarked
package io.puraify.blackbox.engine.errors;

import org.jspecify.annotations.NullMarked;
