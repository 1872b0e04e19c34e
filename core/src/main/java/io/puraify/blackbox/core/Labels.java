package io.puraify.blackbox.core;

import java.util.Locale;

/** The one spelling of values that senders spell in several ways. */
public final class Labels {

  private static final String ENGINE_SUFFIX = "_engine";

  private Labels() {}

  /**
   * The value as it is stored and as filters compare it: {@code failed} is {@code error}, {@code
   * warn} is {@code medium}, {@code vault_engine} is {@code vault}.
   *
   * @return empty where the field has no such value, as an unknown severity
   */
  public static String normalise(Field field, String value) {
    return switch (field) {
      case STATUS -> status(value.toLowerCase(Locale.ROOT));
      case ENGINE -> engine(value);
      case SEVERITY -> {
        Severity severity = Severity.parse(value);
        yield severity == null ? "" : severity.jsonName();
      }
      default -> value;
    };
  }

  private static String status(String lowerCase) {
    return switch (lowerCase) {
      case "failed", "failure" -> "error";
      case "ok" -> "success";
      default -> lowerCase;
    };
  }

  private static String engine(String value) {
    boolean suffixed = value.endsWith(ENGINE_SUFFIX) && value.length() > ENGINE_SUFFIX.length();
    return suffixed ? value.substring(0, value.length() - ENGINE_SUFFIX.length()) : value;
  }
}
