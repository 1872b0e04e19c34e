/** The event, the filter and the contracts between modules. */
@NullMarked
package io.puraify.blackbox.core;

import org.jspecify.annotations.NullMarked;
