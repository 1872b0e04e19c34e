package io.puraify.blackbox.engine.errors;

/**
 * A frame and what the fingerprint makes of it.
 *
 * @param stable its name without what changes from build to build
 */
record JudgedFrame(Frame frame, String stable, FrameUse use) {}
