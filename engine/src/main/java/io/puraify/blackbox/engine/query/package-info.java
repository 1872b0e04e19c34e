/**
 * The Query and Search API: what is asked for, from the parameters of a request to a {@link
 * io.puraify.blackbox.core.Search}.
 */
@NullMarked
package io.puraify.blackbox.engine.query;

import org.jspecify.annotations.NullMarked;
