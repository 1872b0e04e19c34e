/** What Blackbox does: a package a feature. */
@NullMarked
package io.puraify.blackbox.engine;

import org.jspecify.annotations.NullMarked;
