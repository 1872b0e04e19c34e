/** Runs the scripts with JDKs that are not what they should be. */
@NullMarked
package io.puraify.blackbox.e2e.scripts;

import org.jspecify.annotations.NullMarked;
