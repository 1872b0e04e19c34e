/** Hands the journal to its consumers, each at its own pace and from its own position. */
@NullMarked
package io.puraify.blackbox.engine.consumers;

import org.jspecify.annotations.NullMarked;
