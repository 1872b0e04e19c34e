package io.puraify.blackbox.server.config;

import org.jspecify.annotations.Nullable;

/**
 * What is set on a server, and who says so.
 *
 * @param setting which one
 * @param name in full, such as {@code retention.projects.pf_1}
 * @param value as text; {@code null} where it may be a secret itself
 * @param source where it comes from
 * @param origin the line of the file, the variable or the flag; {@code null} of a default
 */
public record SettingInForce(
    Setting<?> setting,
    String name,
    @Nullable String value,
    Source source,
    @Nullable String origin) {

  /** Where a value comes from, the weakest first. */
  public enum Source {
    /** Nobody has set it. */
    DEFAULT,
    /** A line of the file. */
    FILE,
    /** A variable of the environment. */
    VARIABLE,
    /** A flag of the command. */
    FLAG
  }
}
