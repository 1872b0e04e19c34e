package io.puraify.blackbox.engine.errors;

import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.core.ProblemException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which groups are asked for, read from the parameters of a request.
 *
 * @param equal columns and the text that they have
 * @param after the value and the number of the last group of the page before, {@code null} for the
 *     first page
 */
public record GroupQuery(
    @Nullable String project,
    @Nullable GroupState state,
    Map<String, String> equal,
    String sort,
    @Nullable After after,
    int limit) {

  static final int DEFAULT_LIMIT = 100;
  static final int MAX_LIMIT = 1_000;

  private static final Set<String> COLUMNS =
      Set.of("engine", "platform", "action", "type", "assignee", "rule");

  record After(long value, long number) {

    String text() {
      return HexFormat.of().toHexDigits(value) + HexFormat.of().toHexDigits(number);
    }
  }

  public GroupQuery {
    equal = Map.copyOf(equal);
  }

  /**
   * Reads the parameters of a request.
   *
   * @throws ProblemException naming every parameter that is wrong
   */
  public static GroupQuery parse(Map<String, List<String>> parameters) {
    List<Problem.Item> wrong = new ArrayList<>();
    String project = null;
    GroupState state = null;
    GroupSort sort = GroupSort.LAST_SEEN;
    After after = null;
    int limit = DEFAULT_LIMIT;
    Map<String, String> equal = new java.util.HashMap<>();
    for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
      String name = parameter.getKey();
      String value = parameter.getValue().getFirst();
      if (parameter.getValue().size() > 1) {
        wrong.add(new Problem.Item(null, name, "it is given more than once"));
      }
      try {
        switch (name) {
          case "project_id" -> project = value;
          case "state" -> state = constant(GroupState.class, value);
          case "sort" -> sort = constant(GroupSort.class, value);
          case "limit" -> limit = limit(value);
          case "cursor" -> after = after(value);
          default -> {
            if (!COLUMNS.contains(name)) {
              throw new IllegalArgumentException("there is no parameter of this name");
            }
            equal.put(name, value);
          }
        }
      } catch (IllegalArgumentException e) {
        wrong.add(new Problem.Item(null, name, String.valueOf(e.getMessage())));
      }
    }
    if (!wrong.isEmpty()) {
      throw new ProblemException(
          new Problem(
              400,
              "invalid-parameters",
              "The request cannot be understood",
              "Some parameters cannot be understood",
              wrong));
    }
    return new GroupQuery(project, state, equal, sort.jsonName(), after, limit);
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String text) {
    for (E one : type.getEnumConstants()) {
      if (one.name().toLowerCase(Locale.ROOT).equals(text)) {
        return one;
      }
    }
    List<String> names = new ArrayList<>();
    for (E one : type.getEnumConstants()) {
      names.add(one.name().toLowerCase(Locale.ROOT));
    }
    throw new IllegalArgumentException(
        "'%s' is none of %s".formatted(text, String.join(", ", names)));
  }

  private static int limit(String text) {
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) < 1) {
      throw new IllegalArgumentException("it is a number from 1 to " + MAX_LIMIT);
    }
    int limit = Integer.parseInt(text);
    if (limit > MAX_LIMIT) {
      throw new IllegalArgumentException("it is a number from 1 to " + MAX_LIMIT);
    }
    return limit;
  }

  private static After after(String text) {
    if (!text.matches("[0-9a-f]{32}")) {
      throw new IllegalArgumentException("it is no cursor that was answered");
    }
    return new After(
        HexFormat.fromHexDigitsToLong(text, 0, 16), HexFormat.fromHexDigitsToLong(text, 16, 32));
  }
}
