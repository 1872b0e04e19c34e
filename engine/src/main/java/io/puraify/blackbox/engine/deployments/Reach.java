package io.puraify.blackbox.engine.deployments;

import io.puraify.blackbox.engine.deployments.Traffic.Part;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Which calls a change has to do with, and which of the others tell what would have been without
 * it.
 *
 * @param traffic in parts; what is counted
 * @param before the parts that count before the change
 * @param after the parts that count from it on: those of the new version, where calls say theirs
 * @param controls the parts that the change does not reach
 * @param control what these are
 * @param project the project that it is limited to; {@code ""} for none
 * @param link how likely a change of this kind has to do with the error at all, 0 to 1
 */
record Reach(
    List<Traffic> traffic,
    Predicate<Part> before,
    Predicate<Part> after,
    List<Traffic> controls,
    Control control,
    String project,
    double link) {

  /** Of another engine than the one that fails: engines depend on each other, but less often. */
  private static final double OTHER_ENGINE = 0.7;

  /** One call in so many is what a version still has while another takes its place. */
  private static final int FEW = 20;

  /** What a change is compared with. */
  enum Control {
    VERSIONS("other versions of the engine"),
    FLOWS("other flows"),
    PROJECTS("other projects"),
    ENGINES("engines not deployed");

    private final String words;

    Control(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /** Whether the error occurs in the engine that was deployed. */
  boolean ofEngine() {
    return link == 1;
  }

  /** The calls of engines that may depend on the one that was deployed. */
  static Reach ofOtherEngines(Change change, Observation observed) {
    List<Traffic> others =
        observed.error().stream().filter(each -> !isOf(each.part(), change)).toList();
    Predicate<Part> environment = environment(change, others);
    String project = observed.places().limit(change);
    Predicate<Part> in = project.isEmpty() ? environment : environment.and(of(project));
    return new Reach(
        others, in, in, engines(change, observed), Control.ENGINES, project, OTHER_ENGINE);
  }

  static Reach of(Change change, Observation observed) {
    List<Traffic> error = observed.error();
    Predicate<Part> environment = environment(change, error);
    boolean ofEngine = change.deploys() && has(error, part -> isOf(part, change));
    boolean versioned = ofEngine && has(error, part -> isVersion(part, change));
    String project = observed.places().limit(change);
    Predicate<Part> in = project.isEmpty() ? environment : environment.and(of(project));
    double link = ofEngine || (!change.deploys() && !project.isEmpty()) ? 1 : OTHER_ENGINE;
    if (change.flow() != null && !change.deploys() && !project.isEmpty()) {
      Predicate<Part> flow = in.and(part -> Objects.equals(part.flow(), change.flow()));
      Traffic rest = Traffic.sum(error).minus(Traffic.sum(matching(observed.flows(), flow)));
      return new Reach(observed.flows(), flow, flow, List.of(rest), Control.FLOWS, project, link);
    }
    if (versioned) {
      Predicate<Part> now = in.and(part -> isVersion(part, change));
      List<Traffic> others =
          error.stream()
              .filter(each -> in.test(each.part()) && isOtherVersion(each.part(), change))
              .toList();
      int at = Math.max(0, observed.bucket(change.micros()));
      long old = Observation.rates(others, _ -> true, at, observed.buckets()).callsAfter();
      if (old * FEW > Observation.rates(error, now, at, observed.buckets()).callsAfter()) {
        return new Reach(error, in, now, others, Control.VERSIONS, project, link);
      }
      return new Reach(error, in, now, engines(change, observed), Control.ENGINES, project, link);
    }
    return project.isEmpty()
        ? new Reach(error, in, in, engines(change, observed), Control.ENGINES, project, link)
        : new Reach(
            error, in, in, others(error, environment, project), Control.PROJECTS, project, link);
  }

  /** Only the environment of the change, where calls say theirs in the same words. */
  private static Predicate<Part> environment(Change change, List<Traffic> error) {
    String environment = change.environment();
    return environment != null && has(error, part -> environment.equals(part.environment()))
        ? part -> environment.equals(part.environment())
        : _ -> true;
  }

  private static List<Traffic> matching(List<Traffic> traffic, Predicate<Part> parts) {
    return traffic.stream().filter(each -> parts.test(each.part())).toList();
  }

  private static Predicate<Part> of(String project) {
    return part -> project.equals(part.project());
  }

  private static boolean has(List<Traffic> traffic, Predicate<Part> parts) {
    return traffic.stream()
        .anyMatch(each ->
            parts.test(each.part()) && Traffic.sum(each.calls(), 0, each.calls().length) > 0);
  }

  private static boolean isOf(Part part, Change change) {
    return change.engine() != null && change.engine().equals(part.engine());
  }

  private static boolean isVersion(Part part, Change change) {
    return isOf(part, change)
        && change.version() != null
        && change.version().equals(part.version());
  }

  private static boolean isOtherVersion(Part part, Change change) {
    return isOf(part, change) && part.version() != null && !isVersion(part, change);
  }

  private static List<Traffic> others(
      List<Traffic> error, Predicate<Part> environment, String project) {
    return error.stream()
        .filter(each -> environment.test(each.part()) && !of(project).test(each.part()))
        .toList();
  }

  /** Engines that neither were deployed nor have the error. */
  private static List<Traffic> engines(Change change, Observation observed) {
    return observed.engines().stream()
        .filter(each -> !isOf(each.part(), change))
        .filter(each ->
            !has(observed.error(), part -> Objects.equals(part.engine(), each.part().engine())))
        .toList();
  }

  /** Counts of what the change reaches, before a bucket and from it on. */
  Rates rates(int change, int end) {
    Rates then = Observation.rates(traffic, before, change, end);
    Rates now = Observation.rates(traffic, after, change, end);
    return new Rates(
        then.failuresBefore(), then.callsBefore(), now.failuresAfter(), now.callsAfter());
  }

  /** Counts of what it does not reach. */
  Rates controlRates(int change, int end) {
    return Observation.rates(controls, _ -> true, change, end);
  }
}
