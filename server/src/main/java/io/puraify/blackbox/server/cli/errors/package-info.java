/** {@code blackbox errors}. */
@NullMarked
package io.puraify.blackbox.server.cli.errors;

import org.jspecify.annotations.NullMarked;
