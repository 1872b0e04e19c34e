/** {@code blackbox query}: finds events and prints them. */
@NullMarked
package io.puraify.blackbox.server.cli.query;

import org.jspecify.annotations.NullMarked;
