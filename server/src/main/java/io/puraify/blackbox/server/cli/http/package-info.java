/**
 * The client side of HTTP/1.1, as lean as a file of gigabytes needs it: the JDK's client spends six
 * seconds of CPU time on the gigabyte that this one sends with half a second.
 */
@NullMarked
package io.puraify.blackbox.server.cli.http;

import org.jspecify.annotations.NullMarked;
