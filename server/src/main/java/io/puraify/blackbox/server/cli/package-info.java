/** The command line: what can be called, and how it ends. */
@NullMarked
package io.puraify.blackbox.server.cli;

import org.jspecify.annotations.NullMarked;
