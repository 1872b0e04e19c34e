/** {@code blackbox policies}. */
@NullMarked
package io.puraify.blackbox.server.cli.policies;

import org.jspecify.annotations.NullMarked;
