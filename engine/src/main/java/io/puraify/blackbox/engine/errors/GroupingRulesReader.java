package io.puraify.blackbox.engine.errors;

import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.engine.query.QueryLanguage;
import io.puraify.blackbox.engine.query.QuerySyntaxException;
import io.puraify.blackbox.engine.query.Reading;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads grouping rules, or says everything that is wrong with them at once. {@code docs/api.md}
 * tells the form to people.
 */
final class GroupingRulesReader {

  /** Each is tried on an error that was not seen lately, in order. */
  static final int MOST_FINGERPRINTS = 100;

  /** Each is tried on each frame of a stack trace that was not seen lately. */
  static final int MOST_PATTERNS = 200;

  private static final int MOST_PARTS = 16;
  private static final int LONGEST_FILTER = 16_384;
  private static final int LONGEST_NAME = 64;

  private final List<Problem.Item> errors = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  private GroupingRulesReader() {}

  /**
   * Reads rules.
   *
   * @throws ProblemException of status 400, with a JSON pointer for each place that is wrong
   */
  static GroupingRules read(JsonNode document) {
    GroupingRulesReader reader = new GroupingRulesReader();
    GroupingRules rules = reader.rules(document);
    if (!reader.errors.isEmpty()) {
      throw new ProblemException(
          new Problem(
              400,
              "invalid-grouping-rules",
              "The grouping rules cannot be used",
              "%d of their members are not as they have to be; the rules in force are unchanged"
                  .formatted(reader.errors.size()),
              reader.errors));
    }
    return rules;
  }

  /**
   * Reads rules that are JSON.
   *
   * @throws ProblemException as the other way; also where it is no JSON
   */
  static GroupingRules read(String json) {
    try {
      return read(JsonMapper.shared().readTree(json));
    } catch (JacksonException e) {
      throw new ProblemException(
          new Problem(
              400,
              "invalid-grouping-rules",
              "The grouping rules cannot be used",
              "They are no JSON: " + e.getOriginalMessage()));
    }
  }

  private GroupingRules rules(JsonNode document) {
    Reading in = new Reading(document, "", errors);
    List<ConfiguredFingerprint> fingerprints =
        in.objects("fingerprints", MOST_FINGERPRINTS, (each, number) -> fingerprint(each));
    FrameRules frames = FrameRules.of(patterns(in, "own_code"), patterns(in, "ignored_frames"));
    in.refuseUnknown();
    return new GroupingRules(fingerprints, frames);
  }

  private ConfiguredFingerprint fingerprint(Reading in) {
    String name = in.text("name", "", LONGEST_NAME);
    if (!name.matches("[a-z0-9][a-z0-9_-]*")) {
      in.error("name", "a name of a-z, 0-9, _ and - was expected");
    } else if (!names.add(name)) {
      in.error("name", "'%s' is there twice".formatted(name));
    }
    List<String> texts = in.texts("fingerprint", List.of(), MOST_PARTS);
    if (texts.isEmpty()) {
      in.error(
          "fingerprint",
          "at least one text such as \"rate limit\" or \"{{platform}}\" was expected");
    }
    List<FingerprintText> parts =
        texts.stream()
            .map(text -> FingerprintText.parse(text, field -> in.field("fingerprint", field)))
            .toList();
    return new ConfiguredFingerprint(name, filter(in), parts);
  }

  private static Filter filter(Reading in) {
    String expression = in.text("filter", "", LONGEST_FILTER);
    if (expression.isBlank()) {
      in.error("filter", "which errors are meant was expected, such as platform:Slack");
      return Filter.ALL;
    }
    try {
      return QueryLanguage.parse(expression);
    } catch (QuerySyntaxException e) {
      in.error("filter", String.valueOf(e.getMessage()));
      return Filter.ALL;
    }
  }

  private static List<String> patterns(Reading in, String name) {
    List<String> patterns = in.texts(name, List.of(), MOST_PATTERNS);
    for (String pattern : patterns) {
      if (pattern.replace("*", "").isBlank()) {
        in.error(name, "'%s' would fit every frame".formatted(pattern));
      }
    }
    return patterns;
  }
}
