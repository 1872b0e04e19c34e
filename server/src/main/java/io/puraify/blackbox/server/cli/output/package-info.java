/** How commands print what they have found: tables for people, JSON and CSV for programs. */
@NullMarked
package io.puraify.blackbox.server.cli.output;

import org.jspecify.annotations.NullMarked;
