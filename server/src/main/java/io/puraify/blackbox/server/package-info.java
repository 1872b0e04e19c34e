/** HTTP, configuration, wiring and command line. */
@NullMarked
package io.puraify.blackbox.server;

import org.jspecify.annotations.NullMarked;
