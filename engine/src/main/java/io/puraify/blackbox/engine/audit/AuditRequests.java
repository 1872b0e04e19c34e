package io.puraify.blackbox.engine.audit;

import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.core.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Numbers that the routes of proofs are asked with. What is wrong is said at once. */
public final class AuditRequests {

  /** Checkpoints a page where nothing else is asked for. */
  private static final int DEFAULT_LIMIT = 100;

  private static final int MAX_LIMIT = 1_000;

  private AuditRequests() {}

  /**
   * A page of checkpoints, the newest first.
   *
   * @param before those with a lower number; nothing for the newest
   * @param limit how many, 1 to {@value #MAX_LIMIT}
   */
  public record Page(Optional<Long> before, int limit) {

    /**
     * Reads {@code before} and {@code limit}.
     *
     * @throws ProblemException naming every parameter that is wrong
     */
    public static Page parse(Map<String, List<String>> given) {
      Reader reader = new Reader(given, Set.of("before", "limit"));
      Optional<Long> before = reader.number("before", 0, Long.MAX_VALUE);
      Optional<Long> limit = reader.number("limit", 1, MAX_LIMIT);
      reader.refuseWhatIsWrong();
      return new Page(before, limit.orElse((long) DEFAULT_LIMIT).intValue());
    }
  }

  /** Two checkpoints by their numbers, the earlier one first. */
  public record Pair(long first, long second) {

    /**
     * Reads {@code first} and {@code second}.
     *
     * @throws ProblemException naming every parameter that is wrong
     */
    public static Pair parse(Map<String, List<String>> given) {
      Reader reader = new Reader(given, Set.of("first", "second"));
      Optional<Long> first = reader.required("first");
      Optional<Long> second = reader.required("second");
      if (first.isPresent() && second.isPresent() && first.get() > second.get()) {
        reader.wrong.add(
            new Problem.Item(null, "second", "it is the later one, and at least " + first.get()));
      }
      reader.refuseWhatIsWrong();
      return new Pair(first.orElse(0L), second.orElse(0L));
    }
  }

  /**
   * Reads {@code event_id}.
   *
   * @throws ProblemException where there is none, or anything else
   */
  public static String eventId(Map<String, List<String>> given) {
    Reader reader = new Reader(given, Set.of("event_id"));
    List<String> ids = given.getOrDefault("event_id", List.of());
    if (ids.size() != 1 || ids.getFirst().isEmpty()) {
      reader.wrong.add(new Problem.Item(null, "event_id", "the id of one event was expected"));
    }
    reader.refuseWhatIsWrong();
    return ids.getFirst();
  }

  /** Refuses parameters where a route has none. */
  public static void none(Map<String, List<String>> given) {
    new Reader(given, Set.of()).refuseWhatIsWrong();
  }

  private static final class Reader {
    private final Map<String, List<String>> given;
    private final List<Problem.Item> wrong = new ArrayList<>();

    Reader(Map<String, List<String>> given, Set<String> known) {
      this.given = given;
      for (String name : given.keySet()) {
        if (!known.contains(name)) {
          wrong.add(new Problem.Item(null, name, "there is no parameter of this name"));
        }
      }
    }

    Optional<Long> required(String name) {
      if (!given.containsKey(name)) {
        wrong.add(new Problem.Item(null, name, "the number of a checkpoint was expected"));
      }
      return number(name, 0, Long.MAX_VALUE);
    }

    Optional<Long> number(String name, long least, long most) {
      List<String> texts = given.getOrDefault(name, List.of());
      if (texts.isEmpty()) {
        return Optional.empty();
      }
      String text = texts.getFirst();
      boolean number = texts.size() == 1 && text.matches("[0-9]{1,18}");
      if (!number || Long.parseLong(text) < least || Long.parseLong(text) > most) {
        String range = most == Long.MAX_VALUE ? "on" : "to " + most;
        wrong.add(
            new Problem.Item(
                null, name, "one whole number from %d %s was expected".formatted(least, range)));
        return Optional.empty();
      }
      return Optional.of(Long.parseLong(text));
    }

    void refuseWhatIsWrong() {
      if (!wrong.isEmpty()) {
        throw new ProblemException(
            new Problem(
                400,
                "invalid-parameters",
                "The request cannot be understood",
                "Some parameters cannot be understood",
                wrong));
      }
    }
  }
}
