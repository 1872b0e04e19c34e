/**
 * Recordings of what a page looked like during a session, as rrweb makes them: masked, kept beside
 * the events and as long as they are, and given back to be played.
 */
@NullMarked
package io.puraify.blackbox.engine.replay.recording;

import org.jspecify.annotations.NullMarked;
