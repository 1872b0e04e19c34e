/**
 * The HTTP API. Event loops decode and hand over; whatever waits for a store runs on virtual
 * threads. The only package that knows Vert.x.
 */
@NullMarked
package io.puraify.blackbox.server.http;

import org.jspecify.annotations.NullMarked;
