/**
 * Message templates: what messages have in common, and what varies.
 *
 * <p>Shared by those features of the engine that group messages, so that the same message has the
 * same template everywhere. Needs the JDK alone and knows of no feature.
 */
@NullMarked
package io.puraify.blackbox.engine.templates;

import org.jspecify.annotations.NullMarked;
