package io.puraify.blackbox.server.demo;

import static io.puraify.blackbox.server.demo.JsonLine.member;
import static io.puraify.blackbox.server.demo.JsonLine.piece;

import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.server.demo.Catalogue.Engine;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes up the events that the engines of a PURAIFY platform report, as NDJSON: about 430 bytes
 * each, every twelfth an error, every fourth error with a stack trace. Time moves forward from
 * event to event.
 *
 * <p>The same options give the same bytes. Not for several threads. It makes no objects while it
 * writes, for it feeds load tests on the very machine that is under test.
 */
public final class Traffic {

  /** No event is longer, its line break included. */
  public static final int MAX_LINE_BYTES = 8_192;

  private static final byte[] TIMESTAMP = piece(",\"timestamp\":\"");
  private static final byte[] STEP = piece(",\"step_id\":\"s");
  private static final byte[] USER = piece("\",\"user_id\":\"u_");
  private static final byte[] USER_WITHOUT_STEP = piece(",\"user_id\":\"u_");
  private static final byte[] SESSION = piece("\",\"session_id\":\"s_");
  private static final byte[] TRACE = piece("\",\"trace_id\":\"");
  private static final byte[] QUOTE = piece("\"");
  private static final byte[] SUCCESS = piece(",\"status\":\"success\",\"message\":\"");
  private static final byte[] RETRY =
      piece(",\"status\":\"retry\",\"severity\":\"low\",\"message\":\"");
  private static final byte[] DURATION = piece(",\"duration_ms\":");
  private static final byte[] RETRIES = piece(",\"retries\":");
  private static final byte[] END = piece("}\n");

  /** Sessions that are open at the same time; each takes part in ten events. */
  private static final int OPEN_SESSIONS = 4_096;

  private static final int EVENTS_A_SESSION = 10;

  private static final int HOSTS = 6;
  private static final String[] REGIONS = {"eu-west-1", "us-east-1", "ap-south-1"};

  /** Chances in 65,536. */
  private static final int ERROR = 65_536 * 8 / 100;

  private static final int RETRIED = 65_536 * 2 / 100;

  private static final int GAPS = 4_096;
  private static final double MICROS_PER_SECOND = 1e6;

  private final TrafficOptions options;
  private final Dice dice;
  private final World world;
  private final Durations durations;
  private final double[] gaps = new double[GAPS];
  private final Map<Engine, byte[][]> hosts = new EnumMap<>(Engine.class);
  private final JsonLine line = new JsonLine();

  private double nowMicros;
  private long second = Long.MIN_VALUE;
  private byte[] secondText = new byte[0];
  private double gapMicros;
  private long events;
  private Phase phase = Phase.BEFORE;

  /** How far the incident is. */
  private enum Phase {
    BEFORE,
    DURING,
    AFTER
  }

  public Traffic(TrafficOptions options) {
    this.options = options;
    this.dice = new Dice(Dice.mix(options.seed()));
    this.world = new World(dice);
    this.durations = new Durations(dice);
    for (int i = 0; i < GAPS; i++) {
      gaps[i] = -StrictMath.log((i + 0.5) / GAPS);
    }
    for (Engine engine : Engine.values()) {
      hosts.put(engine, hosts(engine, engine.version()));
    }
    this.nowMicros = Micros.of(options.start());
    tick();
  }

  private static byte[][] hosts(Engine engine, String version) {
    byte[][] hosts = new byte[HOSTS][];
    for (int i = 0; i < HOSTS; i++) {
      String region = REGIONS[i % REGIONS.length];
      String host = engine.hostPrefix() + "-" + region.substring(0, 2) + "-" + (1 + i);
      hosts[i] = piece(member("version", version) + member("host", host));
    }
    return hosts;
  }

  /** How many events were written. */
  public long events() {
    return events;
  }

  /** The time that the next event will carry. */
  public Instant now() {
    return Micros.toInstant((long) nowMicros);
  }

  /**
   * Writes the next event as one line.
   *
   * @param target with at least {@link #MAX_LINE_BYTES} free from {@code at} on
   * @return where the line ends
   */
  public int next(byte[] target, int at) {
    line.reset(target, at);
    String deployed = deployment();
    if (deployed == null) {
      writeEvent();
    } else {
      writeDeployment(deployed);
    }
    events++;
    nowMicros += gaps[(int) dice.next() & GAPS - 1] * gapMicros;
    tick();
    return line.at();
  }

  /** Once a second of the events' time: what depends on the time but hardly changes. */
  private void tick() {
    long now = Math.floorDiv((long) nowMicros, 1_000_000L);
    if (now != second) {
      second = now;
      secondText = piece(Instant.ofEpochSecond(now).toString().substring(0, 19));
      double day = 2 * Math.PI * Math.floorMod(now, 86_400L) / 86_400;
      double busy = 1 - options.wave() * StrictMath.cos(day);
      gapMicros = MICROS_PER_SECOND / (options.eventsPerSecond() * busy);
    }
  }

  private void writeEvent() {
    long bits = dice.next();
    long session = events / EVENTS_A_SESSION + ((bits >>> 52) & OPEN_SESSIONS - 1);
    long who = Dice.mix(session ^ options.seed() << 20);
    int user = userOf(who);
    int project = world.projectOf(user);
    World.Flow flow = world.flow(project, Dice.below(bits << 4, World.FLOWS_A_PROJECT));
    int number = Dice.below(bits << 24, World.STEPS_A_FLOW);
    Step step = choose(flow.call(number), dice.next());

    line.put(world.projectHead(project));
    writeTimestamp();
    step.writeHead(line);
    writeOutcome(step, user, project);
    flow.writeHead(line);
    if (step.platform().isEmpty()) {
      line.put(USER_WITHOUT_STEP);
    } else {
      line.put(STEP);
      line.number(number + 1);
      line.put(USER);
    }
    line.padded(user, 5);
    line.put(SESSION);
    line.hex(who, 8);
    line.put(TRACE);
    line.hex(dice.next(), 16);
    line.hex(dice.next(), 16);
    line.put(QUOTE);
    line.put(hostOf(step.engine(), bits));
    line.put(END);
  }

  /** A few users are very busy. */
  private static int userOf(long who) {
    long x = who >>> 40;
    return (int) ((x * x >>> 24) * World.USERS >>> 24);
  }

  private byte[] hostOf(Engine engine, long bits) {
    byte[][] choices = hosts.get(engine);
    if (choices == null) {
      throw new IllegalStateException("no hosts of " + engine);
    }
    return choices[Dice.below(bits << 14, choices.length)];
  }

  /** Which engine reports, in a hundred events. */
  private Step choose(int call, long bits) {
    int which = Dice.below(bits, 100);
    if (which < 54) {
      return world.call(call);
    } else if (which < 62) {
      return world.flowRun();
    } else if (which < 75) {
      return world.validation(call, bits);
    } else if (which < 84) {
      return world.credentialAccess(call, bits);
    } else if (which < 89) {
      return world.configurationChange(bits);
    } else if (which < 92) {
      return world.feedback(bits);
    }
    return world.policyCheck(bits);
  }

  private void writeTimestamp() {
    line.put(TIMESTAMP);
    line.put(secondText);
    line.put('.');
    line.padded((int) ((long) nowMicros / 1_000 % 1_000), 3);
    line.put('Z');
    line.put('"');
  }

  private void writeOutcome(Step step, int user, int project) {
    long bits = dice.next();
    int fate = (int) (bits >>> 48);
    int millis = step.millis(durations, bits);
    int retries = (int) (bits >>> 40 & 3);
    Fault fault = tokenExpired(step, user, project);
    if (fault == null && fate < ERROR) {
      fault = step.fault(bits >>> 22);
    }
    if (fault != null) {
      fault.write(line, dice, (bits >>> 20 & 3) == 0);
      millis += fault.waitsMillis();
    } else {
      boolean retried = fate < ERROR + RETRIED;
      retries = retried ? 1 + retries : 0;
      line.put(retried ? RETRY : SUCCESS);
      step.writeMessage(line, dice);
      line.put('"');
    }
    line.put(DURATION);
    line.number(millis);
    if (retries > 0) {
      line.put(RETRIES);
      line.number(retries);
    }
  }

  /** The fault of the incident where it hits this user's step. */
  private @Nullable Fault tokenExpired(Step step, int user, int project) {
    Incident incident = options.incident();
    boolean hit =
        incident != null
            && phase == Phase.DURING
            && (user % Incident.ONE_USER_IN == 3 || project == incident.project())
            && step.platform().equals(incident.platform());
    return hit ? step.tokenExpired() : null;
  }

  /** The version of the vault that is deployed now, or {@code null} where none is. */
  private @Nullable String deployment() {
    Incident incident = options.incident();
    if (incident == null || phase == Phase.AFTER) {
      return null;
    }
    boolean before = phase == Phase.BEFORE;
    if (now().isBefore(before ? incident.start() : incident.end())) {
      return null;
    }
    phase = before ? Phase.DURING : Phase.AFTER;
    return before ? "1.20.0" : "1.20.1";
  }

  private void writeDeployment(String version) {
    hosts.put(Engine.VAULT, hosts(Engine.VAULT, version));
    line.put(piece("{\"project_id\":\"puraify\""));
    writeTimestamp();
    line.put(
        piece(
            member("event_type", "deployment")
                + member("engine", Engine.VAULT.engineName())
                + member("action", "deploy")
                + member("status", "success")
                + member("severity", "info")
                + member("message", "Deployed vault " + version + " to production")
                + member("environment", "prod")
                + member("version", version)
                + member("triggered_by", "ci")));
    line.put(END);
  }
}
