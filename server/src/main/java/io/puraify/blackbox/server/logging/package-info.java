/** What the server says about itself, on standard error. */
@NullMarked
package io.puraify.blackbox.server.logging;

import org.jspecify.annotations.NullMarked;
