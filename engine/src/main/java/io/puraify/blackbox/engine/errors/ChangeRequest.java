package io.puraify.blackbox.engine.errors;

import io.puraify.blackbox.core.Attributes;
import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.core.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A change that is asked for, read from the body of a request.
 *
 * @param members what the event carries as {@code issue}
 */
public record ChangeRequest(String actor, String comment, Map<String, String> members) {

  private static final Set<String> MEMBERS =
      Set.of(
          "change", "version", "until", "limit", "assignee", "other", "fingerprints", "change_id");

  private static final Set<String> OTHERS = Set.of("actor", "comment");

  public ChangeRequest {
    members = Map.copyOf(members);
  }

  /**
   * Reads a request.
   *
   * @param body a JSON object
   * @throws ProblemException naming the member that is wrong
   */
  public static ChangeRequest parse(String groupId, String body) {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("group_id", groupId);
    try {
      for (String name : Attributes.paths(body)) {
        if (!MEMBERS.contains(name) && !OTHERS.contains(name)) {
          throw new ChangeSyntaxException(name, "there is no member of this name");
        }
      }
      for (String name : MEMBERS) {
        String value = Attributes.lookup(body, name);
        if (value != null) {
          members.put(name, value);
        }
      }
      var _ = Change.parse(members::get);
      return new ChangeRequest(text(body, "actor"), text(body, "comment"), members);
    } catch (ChangeSyntaxException e) {
      throw refusal(e.member(), String.valueOf(e.getMessage()));
    } catch (io.puraify.blackbox.core.json.JsonSyntaxException e) {
      throw refusal("", String.valueOf(e.getMessage()));
    }
  }

  private static String text(String body, String name) {
    String value = Attributes.lookup(body, name);
    return value == null ? "" : value;
  }

  private static ProblemException refusal(String member, String detail) {
    return new ProblemException(
        new Problem(
            400,
            "invalid-change",
            "The change cannot be made",
            member.isEmpty() ? detail : member + ": " + detail,
            List.of(new Problem.Item(null, member.isEmpty() ? "" : "/" + member, detail))));
  }
}
