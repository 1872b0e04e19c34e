package io.puraify.blackbox.engine.deployments;

import io.puraify.blackbox.core.Aggregation;
import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Grouping;
import io.puraify.blackbox.core.Order;
import io.puraify.blackbox.core.Search;
import io.puraify.blackbox.core.Table;
import io.puraify.blackbox.core.TimeRange;
import io.puraify.blackbox.core.Top;
import io.puraify.blackbox.engine.deployments.DeploymentReport.KindOfError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds out what became of changes. Safe for any thread. */
public final class DeploymentReports {

  /** Deployments of an engine in as many days tell what came before and after one. */
  private static final long AROUND = Duration.ofDays(30).toNanos() / 1_000;

  private static final int MOST_DEPLOYMENTS = 200;

  private final EventStore store;
  private final Changes changes;

  public DeploymentReports(EventStore store) {
    this.store = store;
    this.changes = new Changes(store);
  }

  /**
   * The report of a change, or nothing where there is none of this id.
   *
   * @param window how long before and after it is looked, in microseconds
   * @param nowMicros what is not over yet is left out
   */
  public Optional<DeploymentReport> find(String id, long window, long nowMicros) {
    return changes.find(id).map(change -> report(change, window, nowMicros));
  }

  /** The report of a change that is known already. */
  public DeploymentReport report(Change change, long window, long nowMicros) {
    History history = change.deploys() ? history(change) : History.NONE;
    long at = change.micros();
    long end = Math.max(at + 1, Math.min(at + window, nowMicros));
    if (history.next() != null) {
      end = Math.min(end, history.next().micros());
    }
    TimeRange before = new TimeRange(Math.max(0, at - window), at);
    TimeRange after = new TimeRange(at, end);
    List<Change> deployed =
        changes.find(
            Filter.ALL,
            List.of(ChangeKind.DEPLOYMENT),
            new TimeRange(before.fromMicros(), end),
            MOST_DEPLOYMENTS);
    List<KindOfError> errors =
        new ErrorKinds(store, within(change), new TimeRange(before.fromMicros(), end))
            .observe().stream()
                .map(each ->
                    judged(
                        change, deployed, each.kind(), each.observation().withControls(deployed)))
                .sorted(
                    Comparator.comparing((KindOfError each) -> each.suspect().ruling())
                        .thenComparingDouble(each -> -each.suspect().score())
                        .thenComparingLong(each -> -each.suspect().rates().failuresAfter()))
                .toList();
    return new DeploymentReport(change, history, before, after, errors);
  }

  /** The calls that a change has to do with: of its project and flow, where these have any. */
  private Filter within(Change change) {
    TimeRange around =
        new TimeRange(before(change.micros()).fromMicros(), change.micros() + AROUND);
    List<Filter> filters = new ArrayList<>();
    if (change.project() != null && isMeantForProject(change, change.project(), around)) {
      filters.add(in(Field.PROJECT_ID, change.project()));
      if (change.flow() != null && has(in(Field.FLOW_ID, change.flow()), around)) {
        filters.add(in(Field.FLOW_ID, change.flow()));
      }
    }
    return new Filter.And(filters);
  }

  /** The same as {@link Places#limit} says. */
  private boolean isMeantForProject(Change change, String project, TimeRange around) {
    Filter ofProject = in(Field.PROJECT_ID, project);
    if (!change.deploys() || change.engine() == null) {
      return has(ofProject, around);
    }
    Filter engine = in(Field.ENGINE, change.engine());
    if (!has(new Filter.And(List.of(ofProject, engine)), around)) {
      return false;
    }
    String version = change.version();
    return version == null
        || !has(
            new Filter.And(List.of(engine, in(Field.VERSION, version), new Filter.Not(ofProject))),
            around);
  }

  private boolean has(Filter filter, TimeRange range) {
    Filter calls =
        new Filter.And(
            List.of(filter, new Filter.Not(ChangeKind.filter(List.of(ChangeKind.values())))));
    return !store.search(new Search(calls, range, Order.NEWEST_FIRST, null, 1)).items().isEmpty();
  }

  private static KindOfError judged(
      Change change, List<Change> deployed, ErrorKinds.Kind kind, Observation observed) {
    Suspect suspect =
        Shift.find(observed)
            .map(shift -> besideOthers(new Judge(observed, shift), change, deployed))
            .orElseGet(() -> unshifted(change, observed));
    return new KindOfError(kind.engine(), kind.platform(), kind.errorType(), suspect);
  }

  /** A change is not marked for what another deployment of the time explains better. */
  private static Suspect besideOthers(Judge judge, Change change, List<Change> deployed) {
    Suspect own = judge.judge(change);
    return own.ruling() != Ruling.LIKELY
        ? own
        : deployed.stream().map(judge::judge).min(Suspicion.ORDER).map(own::beside).orElse(own);
  }

  /** Of an error that is as frequent as ever, as far as can be told. */
  private static Suspect unshifted(Change change, Observation observed) {
    int at = Math.clamp(observed.bucket(change.micros()), 0, observed.buckets());
    Rates rates = observed.total().rates(at, observed.buckets());
    Ruling ruling =
        rates.failuresAfter() > 0 && rates.thinBefore() ? Ruling.THIN_BASELINE : Ruling.NOT_RISEN;
    return new Suspect(change, ruling, 0, 0, rates, List.of(rates.words()));
  }

  private History history(Change change) {
    String engine = change.engine();
    if (engine == null) {
      return History.NONE;
    }
    Filter ofEngine = in(Field.ENGINE, engine);
    TimeRange range =
        new TimeRange(Math.max(0, change.micros() - AROUND), change.micros() + AROUND);
    List<Change> deployments =
        new ArrayList<>(
            changes.find(ofEngine, List.of(ChangeKind.DEPLOYMENT), range, MOST_DEPLOYMENTS));
    deployments.addAll(changes.seen(ofEngine, range));
    // What is deployed elsewhere takes the place of nothing here.
    deployments.removeIf(each -> isElsewhere(each.environment(), change.environment()));
    deployments.sort(Comparator.comparingLong(Change::micros));
    return History.of(
        change,
        deployments,
        ranBefore(ofEngine, deployments.isEmpty() ? change : deployments.getFirst()),
        (version, micros) -> ran(ofEngine, version, micros));
  }

  private static boolean isElsewhere(@Nullable String environment, @Nullable String here) {
    return environment != null && here != null && !environment.equals(here);
  }

  /** The version that most calls before a deployment had. */
  private @Nullable String ranBefore(Filter ofEngine, Change first) {
    FieldRef version = new FieldRef.Known(Field.VERSION);
    Filter calls = new Filter.And(List.of(ofEngine, new Filter.Exists(version)));
    List<Table.Row> rows =
        store
            .aggregate(
                new Aggregation(
                    calls, before(first.micros()), Grouping.by(version), List.of(), Top.byCount(1)))
            .rows();
    return rows.isEmpty() ? null : rows.getFirst().group().getFirst();
  }

  private boolean ran(Filter ofEngine, String version, long beforeMicros) {
    Filter filter = new Filter.And(List.of(ofEngine, in(Field.VERSION, version)));
    return has(filter, before(beforeMicros));
  }

  private static TimeRange before(long micros) {
    return new TimeRange(
        Math.max(0, micros - SeenVersions.LOOKBACK.toNanos() / 1_000), Math.max(0, micros));
  }

  private static Filter in(Field field, String value) {
    return new Filter.In(new FieldRef.Known(field), Set.of(value));
  }
}
