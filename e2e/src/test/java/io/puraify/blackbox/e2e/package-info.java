/** Tests that start the packaged server as a user would. */
@NullMarked
package io.puraify.blackbox.e2e;

import org.jspecify.annotations.NullMarked;
