/** The write-ahead journal: bytes in, position out. */
@NullMarked
package io.puraify.blackbox.journal;

import org.jspecify.annotations.NullMarked;
