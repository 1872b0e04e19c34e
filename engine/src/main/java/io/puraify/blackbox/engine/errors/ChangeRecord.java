package io.puraify.blackbox.engine.errors;

import org.jspecify.annotations.Nullable;

/**
 * A change that was made.
 *
 * @param id the position of its event
 * @param actor who made it; may be empty
 * @param detail for people, such as {@code in version 1.4}; may be empty
 * @param undoneBy the change that has undone it
 */
public record ChangeRecord(
    long id,
    ChangeKind kind,
    String actor,
    long micros,
    String comment,
    String detail,
    @Nullable Long undoneBy) {}
