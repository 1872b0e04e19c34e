/** {@code blackbox channels}. */
@NullMarked
package io.puraify.blackbox.server.cli.channels;

import org.jspecify.annotations.NullMarked;
