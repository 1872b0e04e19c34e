package io.puraify.blackbox.engine.deployments;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges one change: whether the error came soon after it, became more frequent where it applies,
 * and did not elsewhere. For one error, safe for any thread.
 */
final class Judge {

  /** After so long, in microseconds, half of the suspicion is gone, unless there were few calls. */
  private static final double HALF_LIFE = Duration.ofMinutes(10).toNanos() / 1_000.0;

  /** Clocks of machines differ by this much, in microseconds. */
  private static final long CLOCKS_DIFFER = 2_000_000;

  /** Whoever explains less of the failures is not their cause. */
  private static final double LEAST_EXPLAINED = 0.2;

  /** With a score below, a change is possible at best. */
  private static final double LIKELY = 0.3;

  private static final double CONTROL_UNKNOWN = 0.8;
  private static final double CONTROL_ROSE = 0.1;

  /** A control that would have had so many failures, had it changed as well, tells something. */
  private static final double TELLING = 3;

  private final Observation observed;
  private final Shift shift;

  /** The failures since the onset beyond what is usual. */
  private final double all;

  private final Map<String, Double> explainedByProject;

  Judge(Observation observed, Shift shift) {
    this.observed = observed;
    this.shift = shift;
    this.all = observed.total().rates(shift.from(), shift.to()).excess();
    this.explainedByProject = explainedByProject();
  }

  /**
   * The share of the failures that any change of a project alone can explain: it rules most of very
   * many changes out.
   */
  private Map<String, Double> explainedByProject() {
    Map<String, Rates> projects = new HashMap<>();
    for (Traffic each : observed.error()) {
      String project = each.part().project();
      if (project != null) {
        projects.merge(project, each.rates(shift.from(), shift.to()), Rates::plus);
      }
    }
    Map<String, Double> explained = new HashMap<>();
    projects.forEach((project, rates) -> explained.put(project, share(rates.excess())));
    return explained;
  }

  /** What the parts that a change does not reach say. */
  private enum ControlState {
    UNCHANGED(1),
    UNKNOWN(CONTROL_UNKNOWN),
    ROSE(CONTROL_ROSE);

    private final double factor;

    ControlState(double factor) {
      this.factor = factor;
    }
  }

  /**
   * What there is to say of a change.
   *
   * @param control counts of what it does not reach
   * @param calm how many failures were to be expected between change and onset
   * @param explains the share of the failures that it can explain
   */
  private record Weighed(
      Reach reach, Rates rates, Rates control, ControlState state, double calm, double explains) {}

  Suspect judge(Change change) {
    if (comesLater(change)) {
      return new Suspect(
          change, Ruling.AFTER_ONSET, 0, 0, Rates.NONE, List.of(Wording.comesAfter(change, shift)));
    }
    String project = observed.places().limit(change);
    double most = project.isEmpty() ? 1 : explainedByProject.getOrDefault(project, 0.0);
    if (most < LEAST_EXPLAINED) {
      return new Suspect(
          change,
          Ruling.OUT_OF_REACH,
          0,
          0,
          Rates.NONE,
          List.of(Wording.timing(change, shift), Wording.explainsAtMost(most)));
    }
    Reach reach = reach(change);
    int at = Math.clamp(observed.bucket(change.micros()), 0, observed.buckets());
    Rates rates = reach.rates(at, Math.max(at, shift.to()));
    Rates control = reach.controlRates(at, shift.to());
    Weighed weighed =
        new Weighed(
            reach,
            rates,
            control,
            state(reach, control, rates),
            calm(reach, at),
            share(reach.rates(shift.from(), shift.to()).excess()));
    double timing = timing(change, weighed.calm);
    double score = timing * weighed.explains * weighed.state.factor * reach.link();
    return new Suspect(
        change,
        ruling(weighed, score),
        score,
        weighed.explains,
        rates,
        evidence(change, weighed, timing));
  }

  /** What it was deployed for, or else what may depend on that. */
  private Reach reach(Change change) {
    Reach own = Reach.of(change, observed);
    return change.deploys()
            && own.ofEngine()
            && share(own.rates(shift.from(), shift.to()).excess()) < LEAST_EXPLAINED
        ? Reach.ofOtherEngines(change, observed)
        : own;
  }

  private boolean comesLater(Change change) {
    long tolerance = shift.exact() ? CLOCKS_DIFFER : observed.stepMicros();
    return change.micros() > shift.onsetMicros() + tolerance;
  }

  private static Ruling ruling(Weighed weighed, double score) {
    if (weighed.explains < LEAST_EXPLAINED) {
      return Ruling.OUT_OF_REACH;
    }
    if (!weighed.rates.risen()) {
      return weighed.rates.thinBefore() ? Ruling.THIN_BASELINE : Ruling.NOT_RISEN;
    }
    if (weighed.state == ControlState.ROSE) {
      return Ruling.CONTROLS_ROSE;
    }
    return score >= LIKELY ? Ruling.LIKELY : Ruling.POSSIBLE;
  }

  /** A part of the failures beyond what is usual since the onset, as a share of all of them. */
  private double share(double within) {
    return all == 0 ? 0 : Math.min(1, within / all);
  }

  /** How many failures the calls between change and error would have had at the error's rate. */
  private double calm(Reach reach, int at) {
    if (at >= shift.from()) {
      return 0;
    }
    Rates between = reach.rates(at, shift.from());
    return between.callsAfter() * reach.rates(shift.from(), shift.to()).after();
  }

  /** Time alone does not clear a change: in a quiet night nobody calls what it has broken. */
  private double timing(Change change, double calm) {
    double delay = Math.max(0, shift.onsetMicros() - change.micros());
    return Math.max(1 / (1 + delay / HALF_LIFE), Math.exp(-calm));
  }

  private static ControlState state(Reach reach, Rates control, Rates rates) {
    if (control.callsBefore() == 0 || control.callsAfter() == 0) {
      return ControlState.UNKNOWN;
    }
    if (control.risen()) {
      return ControlState.ROSE;
    }
    double expected =
        switch (reach.control()) {
          case VERSIONS, FLOWS, PROJECTS -> control.callsAfter() * rates.after();
          // Other failures, of which many more than usual would have been noticed.
          case ENGINES -> control.callsAfter() * control.before() + control.failuresAfter();
        };
    return expected >= TELLING ? ControlState.UNCHANGED : ControlState.UNKNOWN;
  }

  private List<String> evidence(Change change, Weighed weighed, double timing) {
    Reach reach = weighed.reach;
    String where = reach.project().isEmpty() ? "" : " of " + reach.project();
    List<String> said = new ArrayList<>();
    said.add(Wording.timing(change, shift));
    if (timing < 0.5 && weighed.calm >= TELLING) {
      said.add("calls between them went well");
    }
    said.add(weighed.rates.words() + where);
    said.add(
        switch (weighed.state) {
          case UNCHANGED -> reach.control().words() + " unchanged";
          case ROSE -> reach.control().words() + " rose too: " + weighed.control.words();
          case UNKNOWN -> "nothing comparable that it does not reach";
        });
    if (!weighed.rates.risen() && weighed.rates.thinBefore()) {
      said.add(Wording.thin(weighed.rates.callsBefore()));
    }
    if (weighed.explains < Suspect.ALL_EXPLAINED) {
      said.add(Wording.explains(weighed.explains));
    }
    if (change.deploys() && reach.link() < 1) {
      said.add("another engine than the one that fails");
    }
    return said;
  }
}
