/** Where a command runs: its streams, its variables, and what its terminal can show. */
@NullMarked
package io.puraify.blackbox.server.cli.terminal;

import org.jspecify.annotations.NullMarked;
