/** {@code blackbox alerts}. */
@NullMarked
package io.puraify.blackbox.server.cli.alerts;

import org.jspecify.annotations.NullMarked;
