package io.puraify.blackbox.engine.audit;

import io.puraify.blackbox.core.Attributes;
import io.puraify.blackbox.core.json.JsonScanner;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The difference between two JSON values as a list that people can read: objects member by member,
 * arrays without what they have in common at their beginning and end. For one thread.
 */
final class AttributeChanges {

  /** More is nothing to read; how many there are is said all the same. */
  static final int MOST = 200;

  private static final String BEFORE = "before";
  private static final String AFTER = "after";

  private final List<AttributeChange> changes = new ArrayList<>();
  private long count;

  /**
   * What has changed.
   *
   * @param shown at most {@value #MOST}, in the order of the value before
   * @param count of all
   */
  record Result(List<AttributeChange> shown, long count) {
    static final Result NONE = new Result(List.of(), 0);
  }

  /**
   * The difference between {@code before} and {@code after} of an event's attributes; none where it
   * has neither.
   */
  static Result of(@Nullable String attributes) {
    if (attributes == null) {
      return Result.NONE;
    }
    Map<String, String> members = Attributes.members(attributes);
    if (!members.containsKey(BEFORE) && !members.containsKey(AFTER)) {
      return Result.NONE;
    }
    return between(members.get(BEFORE), members.get(AFTER));
  }

  /** The difference between two JSON values, of which {@code null} is none. */
  static Result between(@Nullable String before, @Nullable String after) {
    AttributeChanges all = new AttributeChanges();
    all.compare("", before, after);
    return new Result(List.copyOf(all.changes), all.count);
  }

  private void compare(String path, @Nullable String before, @Nullable String after) {
    if (Objects.equals(before, after)) {
      return;
    }
    if (before != null && after != null && both(before, after, "{")) {
      objects(path, Attributes.members(before), Attributes.members(after));
    } else if (before != null && after != null && both(before, after, "[")) {
      arrays(path, elements(before), elements(after));
    } else {
      count++;
      if (changes.size() < MOST) {
        changes.add(new AttributeChange(path, before, after));
      }
    }
  }

  private static boolean both(String before, String after, String begin) {
    return before.startsWith(begin) && after.startsWith(begin);
  }

  private void objects(String path, Map<String, String> before, Map<String, String> after) {
    Set<String> names = new LinkedHashSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      compare(path.isEmpty() ? name : path + "." + name, before.get(name), after.get(name));
    }
  }

  /** Where an element was put in or taken out, those behind it count as what they were. */
  private void arrays(String path, List<String> before, List<String> after) {
    int shorter = Math.min(before.size(), after.size());
    int begin = 0;
    while (begin < shorter && before.get(begin).equals(after.get(begin))) {
      begin++;
    }
    int end = 0;
    while (end < shorter - begin
        && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
      end++;
    }
    int longer = Math.max(before.size(), after.size()) - end;
    for (int i = begin; i < longer; i++) {
      compare(
          "%s[%d]".formatted(path, i),
          i < before.size() - end ? before.get(i) : null,
          i < after.size() - end ? after.get(i) : null);
    }
  }

  private static List<String> elements(String json) {
    List<String> elements = new ArrayList<>();
    JsonScanner scanner = new JsonScanner();
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    scanner.reset(bytes, 0, bytes.length);
    scanner.expect('[', "a JSON array");
    if (scanner.take(']')) {
      return elements;
    }
    do {
      scanner.value();
      int length = scanner.tokenEnd() - scanner.tokenStart();
      elements.add(new String(bytes, scanner.tokenStart(), length, StandardCharsets.UTF_8));
    } while (scanner.take(','));
    scanner.expect(']', "',' or ']'");
    return elements;
  }
}
