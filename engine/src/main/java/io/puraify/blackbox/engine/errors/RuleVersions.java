package io.puraify.blackbox.engine.errors;

import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.engine.state.StateDatabase;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Which grouping rules are in force, and which were. Safe for any thread. */
public final class RuleVersions {

  /** Older ones are history that the events tell. */
  private static final int MOST = 100;

  private final StateDatabase state;

  public RuleVersions(StateDatabase state) {
    this.state = state;
  }

  /**
   * The newest first; the first one is in force. At least one: version 0 is that there are none.
   */
  public List<RulesVersion> list() {
    List<RulesVersion> stored =
        state.read(handle -> {
          try (ErrorTables tables = new ErrorTables(handle)) {
            return tables.rules(MOST);
          }
        });
    return stored.isEmpty() ? List.of(RulesVersion.NONE) : stored;
  }

  /** Those in force. */
  public RulesVersion current() {
    return list().getFirst();
  }

  /**
   * Whether rules can be used.
   *
   * @throws ProblemException of status 400 where they cannot, with a JSON pointer for each place
   */
  public static void check(JsonNode document) {
    var _ = GroupingRulesReader.read(document);
  }
}
