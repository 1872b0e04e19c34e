/** The settings of a server: their names, where they come from and what they mean. */
@NullMarked
package io.puraify.blackbox.server.config;

import org.jspecify.annotations.NullMarked;
