/**
 * The Performance Monitor: how fast and how healthy each project, engine, platform and action is,
 * at any moment and over any range of time, and when that is out of the ordinary.
 */
@NullMarked
package io.puraify.blackbox.engine.performance;

import org.jspecify.annotations.NullMarked;
