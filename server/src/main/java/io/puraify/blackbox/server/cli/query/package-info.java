/** The commands that ask a server for events: query, tail, stats, patterns and export. */
@NullMarked
package io.puraify.blackbox.server.cli.query;

import org.jspecify.annotations.NullMarked;
