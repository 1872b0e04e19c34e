/** {@code blackbox audit}: whether the audit trail holds. */
@NullMarked
package io.puraify.blackbox.server.cli.audit;

import org.jspecify.annotations.NullMarked;
