package io.puraify.blackbox.engine.alerts;

import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.engine.alerts.evaluate.Alert;
import io.puraify.blackbox.engine.alerts.notify.Silence;
import io.puraify.blackbox.engine.alerts.policy.Matchers;
import io.puraify.blackbox.engine.query.Reading;
import io.puraify.blackbox.engine.state.StateDatabase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The silences. Safe for any thread. */
public final class Silences {

  /** What is to be silent for longer is a matter of the policy. */
  private static final Duration LONGEST = Duration.ofDays(90);

  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private final StateDatabase state;
  private final InstantSource clock;

  // Guarded by this.
  private final Map<String, Silence> all = new LinkedHashMap<>();

  public Silences(StateDatabase state, InstantSource clock) {
    this.state = state;
    this.clock = clock;
  }

  /** Reads what is stored. */
  public synchronized List<Silence> start() {
    state
        .read(handle ->
            handle
                .select("SELECT body FROM alert_silences ORDER BY ends, id")
                .mapTo(String.class)
                .list())
        .forEach(body -> {
          Silence silence = read(JsonMapper.shared().readTree(body));
          all.put(silence.id(), silence);
        });
    return List.copyOf(all.values());
  }

  /** All that are kept, those that are over included. */
  public synchronized List<Silence> list() {
    return List.copyOf(all.values());
  }

  /**
   * Reads what somebody wants to be silent: {@code matchers}, {@code reason}, {@code created_by},
   * {@code from} (now without it), and {@code to} or {@code duration}.
   *
   * @throws ProblemException of status 400 where something is missing or wrong
   */
  public Silence parse(JsonNode document) {
    List<Problem.Item> errors = new ArrayList<>();
    Reading in = new Reading(document, "", errors);
    long now = Micros.of(clock.instant());
    var matchers = Matchers.read(in, "matchers");
    if (matchers.isEmpty() && errors.isEmpty()) {
      in.error("matchers", "at least one matcher was expected");
    }
    String reason = in.text("reason", "", 1_024);
    if (reason.isBlank()) {
      in.error("reason", "why nobody is to be told was expected");
    }
    String by = in.text("created_by", "", 256);
    if (by.isBlank()) {
      in.error("created_by", "who wants it was expected");
    }
    long from = in.has("from") ? in.time("from") : now;
    boolean timed = in.has("to");
    boolean span = in.has("duration");
    if (timed == span) {
      in.error("to", "either to or duration was expected");
    }
    long to =
        timed
            ? in.time("to")
            : from + in.span("duration", LONGEST, SHORTEST, LONGEST).toNanos() / 1_000;
    if (errors.isEmpty() && (to <= from || to <= now || to - from > LONGEST.toNanos() / 1_000)) {
      in.error("to", "an end within 90 days, in the future and behind from, was expected");
    }
    in.refuseUnknown();
    if (!errors.isEmpty()) {
      throw new ProblemException(
          new Problem(
              400, "invalid-silence", "The silence cannot be used", "Some of it is wrong", errors));
    }
    return new Silence(UUID.randomUUID().toString(), matchers, reason, by, now, from, to);
  }

  /** The alerts that a silence would mean now. */
  public static List<Alert> preview(Silence silence, List<Alert> active) {
    return active.stream().filter(alert -> silence.means(alert.allLabels())).toList();
  }

  /** Adds a silence. */
  public synchronized void add(AlertDispatcher dispatcher, Silence silence) {
    Map<String, Silence> after = new LinkedHashMap<>(all);
    after.put(silence.id(), silence);
    use(dispatcher, after, silence);
  }

  /** Ends a silence now; empty where there is none of this id. */
  public synchronized Optional<Silence> end(AlertDispatcher dispatcher, String id) {
    Silence before = all.get(id);
    if (before == null) {
      return Optional.empty();
    }
    long now = Micros.of(clock.instant());
    Silence ended =
        new Silence(
            id,
            before.matchers(),
            before.reason(),
            before.createdBy(),
            before.created(),
            Math.min(before.from(), now),
            Math.min(before.to(), now));
    Map<String, Silence> after = new LinkedHashMap<>(all);
    after.put(id, ended);
    use(dispatcher, after, ended);
    return Optional.of(ended);
  }

  private void use(AlertDispatcher dispatcher, Map<String, Silence> after, Silence changed) {
    dispatcher.use(
        List.copyOf(after.values()),
        handle ->
            handle.execute(
                "INSERT INTO alert_silences (id, ends, body) VALUES (?, ?, ?) ON CONFLICT (id) DO"
                    + " UPDATE SET ends = excluded.ends, body = excluded.body",
                changed.id(),
                changed.to(),
                json(changed).toString()));
    all.clear();
    all.putAll(after);
  }

  /** A silence as it is shown, and kept. */
  public static ObjectNode json(Silence it) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("silence_id", it.id());
    ArrayNode matchers = json.putArray("matchers");
    it.matchers()
        .forEach(each ->
            matchers
                .addObject()
                .put("label", each.label())
                .put("op", each.operator().sign())
                .put("value", each.value()));
    json.put("reason", it.reason());
    json.put("created_by", it.createdBy());
    json.put("created_at", Micros.format(it.created()));
    json.put("from", Micros.format(it.from()));
    json.put("to", Micros.format(it.to()));
    return json;
  }

  private static Silence read(JsonNode json) {
    Reading in = new Reading(json, "", new ArrayList<>());
    return new Silence(
        in.text("silence_id", "", 64),
        Matchers.read(in, "matchers"),
        in.text("reason", "", 1_024),
        in.text("created_by", "", 256),
        in.time("created_at"),
        in.time("from"),
        in.time("to"));
  }
}
