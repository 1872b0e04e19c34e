/** The suite that every event store passes. */
@NullMarked
package io.puraify.blackbox.storage.contract;

import org.jspecify.annotations.NullMarked;
