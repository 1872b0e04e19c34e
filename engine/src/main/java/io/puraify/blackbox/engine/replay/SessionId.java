package io.puraify.blackbox.engine.replay;

/**
 * Names a session: projects may use the same ids.
 *
 * @param id the value of the field of its {@link SessionKind}
 */
public record SessionId(String projectId, String id) {}
