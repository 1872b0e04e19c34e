/** {@code blackbox alerts} and {@code blackbox policies}. */
@NullMarked
package io.puraify.blackbox.server.cli.alerts;

import org.jspecify.annotations.NullMarked;
