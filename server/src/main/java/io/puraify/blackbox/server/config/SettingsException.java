package io.puraify.blackbox.server.config;

import java.util.List;

/** Some settings cannot be understood; the message has a line for each, with its place. */
public final class SettingsException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /**
   * Makes one.
   *
   * @param problems a line for each, with its place
   */
  public SettingsException(List<String> problems) {
    super(String.join("\n", problems));
  }
}
