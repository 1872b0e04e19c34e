/** Reading JSON from bytes without making objects. */
@NullMarked
package io.puraify.blackbox.core.json;

import org.jspecify.annotations.NullMarked;
