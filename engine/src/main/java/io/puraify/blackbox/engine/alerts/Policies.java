package io.puraify.blackbox.engine.alerts;

import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.engine.alerts.policy.Policy;
import io.puraify.blackbox.engine.alerts.policy.Policy.Origin;
import io.puraify.blackbox.engine.alerts.policy.PolicyReader;
import io.puraify.blackbox.engine.alerts.policy.ShippedPolicies;
import io.puraify.blackbox.engine.state.StateDatabase;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The policies and their versions. What is shipped runs until somebody replaces or removes it; a
 * policy that cannot be used never replaces one that runs. Safe for any thread.
 */
public final class Policies {

  private static final Logger log = LoggerFactory.getLogger(Policies.class);

  /** Who has written what is shipped. */
  private static final String SHIPPER = "blackbox";

  /** Who has changed what the policy files say. */
  private static final String FILES = "files";

  private static final JsonMapper MAPPER = JsonMapper.shared();

  private final StateDatabase state;
  private final InstantSource clock;
  private final Predicate<String> channels;

  // Guarded by this.
  private final Map<String, PolicyVersion> newest = new LinkedHashMap<>();
  private final Map<String, Policy> running = new LinkedHashMap<>();

  /**
   * @param channels whether there is a channel of a name
   */
  public Policies(StateDatabase state, InstantSource clock, Predicate<String> channels) {
    this.state = state;
    this.clock = clock;
    this.channels = channels;
  }

  /** Reads what is stored, and returns what runs. */
  public synchronized List<Policy> start() {
    for (JsonNode document : ShippedPolicies.documents()) {
      String name = document.path("policy").asString();
      newest.put(name, new PolicyVersion(name, 0, 0, SHIPPER, document.toString()));
    }
    state
        .read(handle -> new AlertTables(handle).newestPolicies())
        .forEach(each -> newest.put(each.policy(), each));
    newest.values().forEach(this::load);
    return List.copyOf(running.values());
  }

  private void load(PolicyVersion version) {
    String document = version.document();
    if (document == null) {
      return;
    }
    Origin origin = origin(version);
    try {
      // A channel that is gone now must not keep the others from being told.
      Policy policy =
          PolicyReader.read(MAPPER.readTree(document), version.version(), origin, name -> true);
      running.put(version.policy(), policy);
    } catch (ProblemException e) {
      log.error("policy {} cannot be used any more: {}", version.policy(), e.problem().errors());
    }
  }

  private static Origin origin(PolicyVersion version) {
    if (version.version() == 0) {
      return Origin.SHIPPED;
    }
    return version.actor().equals(FILES) ? Origin.FILE : Origin.API;
  }

  /** The newest version of each policy that was not removed. */
  public synchronized List<PolicyVersion> list() {
    return newest.values().stream().filter(each -> each.document() != null).toList();
  }

  /** All versions of a policy, the newest first; none where there never was one. */
  public synchronized List<PolicyVersion> versions(String policy) {
    List<PolicyVersion> versions =
        new ArrayList<>(state.read(handle -> new AlertTables(handle).versions(policy)));
    JsonNode shipped = shipped(policy);
    if (shipped != null) {
      versions.add(new PolicyVersion(policy, 0, 0, SHIPPER, shipped.toString()));
    }
    return versions;
  }

  private static @Nullable JsonNode shipped(String policy) {
    for (JsonNode document : ShippedPolicies.documents()) {
      if (document.path("policy").asString().equals(policy)) {
        return document;
      }
    }
    return null;
  }

  /**
   * Puts a policy in the place of the one of its name.
   *
   * @throws ProblemException where it cannot be used, or is in a file; those that run are unchanged
   *     then
   */
  public synchronized PolicyVersion put(
      AlertDispatcher dispatcher, JsonNode document, String actor) {
    refuseFile(document.path("policy").asString(""));
    return put(dispatcher, document, Origin.API, actor);
  }

  /**
   * Puts a policy of a file in the place of the one of its name, unless it is that one.
   *
   * @throws ProblemException where it cannot be used
   */
  public synchronized void putFile(AlertDispatcher dispatcher, JsonNode document) {
    PolicyVersion before = newest.get(document.path("policy").asString(""));
    boolean same =
        before != null
            && origin(before) == Origin.FILE
            && document.toString().equals(before.document());
    if (!same) {
      var _ = put(dispatcher, document, Origin.FILE, FILES);
    }
  }

  /** Removes the policies of files that are in none any more; what is shipped runs again. */
  public synchronized void retainFiles(AlertDispatcher dispatcher, Set<String> names) {
    for (PolicyVersion each : list()) {
      if (origin(each) == Origin.FILE && !names.contains(each.policy())) {
        JsonNode shipped = shipped(each.policy());
        if (shipped == null) {
          replace(
              dispatcher, version(each.policy(), nextVersion(each.policy()), FILES, null), null);
        } else {
          var _ = put(dispatcher, shipped, Origin.API, SHIPPER);
        }
      }
    }
  }

  private PolicyVersion put(
      AlertDispatcher dispatcher, JsonNode document, Origin origin, String actor) {
    String name = document.path("policy").asString("");
    long number = nextVersion(name);
    Policy policy = PolicyReader.read(document, number, origin, channels);
    PolicyVersion version = version(name, number, actor, document.toString());
    replace(dispatcher, version, policy);
    return version;
  }

  private void refuseFile(String name) {
    PolicyVersion before = newest.get(name);
    if (before != null && before.document() != null && origin(before) == Origin.FILE) {
      throw new ProblemException(
          new Problem(
              409,
              "policy-in-file",
              "The policy is in a file",
              "Change the file of policy '%s' and start the server again".formatted(name)));
    }
  }

  /** Removes a policy, which ends its alerts; empty where there is none. */
  public synchronized Optional<PolicyVersion> remove(
      AlertDispatcher dispatcher, String name, String actor) {
    PolicyVersion before = newest.get(name);
    if (before == null || before.document() == null) {
      return Optional.empty();
    }
    refuseFile(name);
    PolicyVersion version = version(name, nextVersion(name), actor, null);
    replace(dispatcher, version, null);
    return Optional.of(version);
  }

  private PolicyVersion version(String name, long number, String actor, @Nullable String document) {
    return new PolicyVersion(name, number, Micros.of(clock.instant()), actor, document);
  }

  private long nextVersion(String name) {
    PolicyVersion before = newest.get(name);
    return before == null ? 1 : before.version() + 1;
  }

  private void replace(AlertDispatcher dispatcher, PolicyVersion version, @Nullable Policy policy) {
    Map<String, Policy> after = new LinkedHashMap<>(running);
    if (policy == null) {
      after.remove(version.policy());
    } else {
      after.put(version.policy(), policy);
    }
    dispatcher.use(
        List.copyOf(after.values()),
        version.policy(),
        handle -> new AlertTables(handle).save(version));
    newest.put(version.policy(), version);
    running.clear();
    running.putAll(after);
  }
}
