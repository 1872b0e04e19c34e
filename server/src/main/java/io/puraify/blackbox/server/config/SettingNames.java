package io.puraify.blackbox.server.config;

import io.puraify.blackbox.core.ClosestName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells settings by their names in the file and among the variables. */
final class SettingNames {

  /** Variables of the same prefix that are no settings of a server. */
  static final Set<String> OTHER_VARIABLES =
      Set.of("BLACKBOX_CONFIG", "BLACKBOX_SERVER", "BLACKBOX_JAVA_OPTS", "BLACKBOX_JDK_PLACES");

  private static final Map<String, Setting<?>> BY_NAME =
      Setting.ALL.stream().collect(Collectors.toUnmodifiableMap(Setting::name, it -> it));

  private static final Map<String, Setting<?>> BY_VARIABLE =
      Setting.ALL.stream().collect(Collectors.toUnmodifiableMap(Setting::variable, it -> it));

  private SettingNames() {}

  /** The setting of a full name, such as {@code retention.projects.pf_1}. */
  static Optional<Setting<?>> setting(String name) {
    Setting<?> exact = BY_NAME.get(name);
    if (exact != null && !exact.named()) {
      return Optional.of(exact);
    }
    return named().filter(each -> isLonger(name, each.name() + ".")).findFirst();
  }

  /** The full name that a variable sets, if it sets one. */
  static Optional<String> nameOfVariable(String variable) {
    Setting<?> exact = BY_VARIABLE.get(variable);
    if (exact != null) {
      return Optional.of(exact).filter(each -> !each.named()).map(Setting::name);
    }
    return named()
        .filter(each -> isLonger(variable, each.variable() + "_"))
        .findFirst()
        .map(each -> each.name() + "." + variable.substring(each.variable().length() + 1));
  }

  /** Whether names of settings begin with {@code name} and a dot. */
  static boolean isSection(String name) {
    return Setting.ALL.stream()
        .anyMatch(each -> (each.name() + (each.named() ? "." : "")).startsWith(name + "."));
  }

  /** What to say of a name in the file that is none. */
  static String unknown(String name) {
    List<String> known =
        Setting.ALL.stream().map(each -> each.name() + (each.named() ? ".NAME" : "")).toList();
    return "there is no setting '%s'%s".formatted(name, ClosestName.hint(name, known));
  }

  /** What to say of a variable that sets nothing. */
  static String unknownVariable(String variable) {
    List<String> known =
        Stream.concat(
                OTHER_VARIABLES.stream(),
                Setting.ALL.stream().map(each -> each.variable() + (each.named() ? "_NAME" : "")))
            .toList();
    return "there is no setting of this name" + ClosestName.hint(variable, known);
  }

  private static Stream<Setting<?>> named() {
    return Setting.ALL.stream().filter(Setting::named);
  }

  private static boolean isLonger(String name, String prefix) {
    return name.startsWith(prefix) && name.length() > prefix.length();
  }
}
