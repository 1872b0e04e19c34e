/** {@code blackbox ingest}: files of events, sent in slices of whole events. */
@NullMarked
package io.puraify.blackbox.server.cli.ingest;

import org.jspecify.annotations.NullMarked;
