package io.puraify.blackbox.engine.query;

import io.puraify.blackbox.core.ClosestName;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which neighbours of an event somebody asks for: {@code by}, {@code before} and {@code after}.
 *
 * @param by the field that they share with the event, or nothing for the nearest that it has
 */
public record ContextRequest(Optional<Field> by, int before, int after) {

  private static final String BY = "by";
  private static final String BEFORE = "before";
  private static final String AFTER = "after";
  private static final List<String> OWN = List.of(BY, BEFORE, AFTER);

  /**
   * Reads the parameters of a request.
   *
   * @throws ProblemException naming every parameter that is wrong
   */
  public static ContextRequest parse(Map<String, List<String>> given) {
    Parameters parameters = new Parameters(given, Instant.EPOCH, OWN);
    for (String name : given.keySet()) {
      if (!OWN.contains(name)) {
        parameters.error(
            name,
            "there is no parameter of this name%s; neighbours are not filtered"
                .formatted(ClosestName.hint(name, OWN)));
      }
    }
    Optional<Field> by = parameters.read(BY, ContextRequest::field);
    int before = parameters.read(BEFORE, ContextRequest::count).orElse(EventContext.DEFAULT_SIDE);
    int after = parameters.read(AFTER, ContextRequest::count).orElse(EventContext.DEFAULT_SIDE);
    parameters.refuseWhatIsWrong();
    return new ContextRequest(by, before, after);
  }

  private static Field field(String name) {
    return switch (FieldName.parse(name)) {
      case FieldRef.Known(Field field) when field.kind().isText() -> field;
      case FieldRef _ ->
          throw new FilterSyntaxException(
              "neighbours share a field of text such as session_id, not '%s'".formatted(name));
    };
  }

  private static int count(String text) {
    return text.equals("0") ? 0 : Parameters.number(text, EventContext.MAX_SIDE);
  }
}
