package io.puraify.blackbox.server.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Health;
import io.puraify.blackbox.core.ParquetWriter;
import io.puraify.blackbox.engine.audit.AuditTrail;
import io.puraify.blackbox.engine.collector.Collector;
import io.puraify.blackbox.engine.collector.Lane;
import io.puraify.blackbox.engine.consumers.Consumers;
import io.puraify.blackbox.engine.performance.PerformanceMonitor;
import io.puraify.blackbox.engine.query.QueryLimits;
import io.puraify.blackbox.engine.replay.ReplayRoom;
import io.puraify.blackbox.engine.replay.recording.Recordings;
import io.puraify.blackbox.engine.tail.LiveTail;
import io.vertx.core.http.HttpMethod;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the API is made of.
 *
 * @param limits what queries may take
 * @param parquet writes exported events
 * @param errors {@code null} where errors are not put into groups
 * @param audit {@code null} where events are not proven
 * @param replays bounds those that are sent at once
 * @param checks how each component does, by name
 */
public record HttpApi(
    Collector collector,
    Consumers consumers,
    EventStore store,
    LiveTail tail,
    QueryLimits limits,
    ParquetWriter parquet,
    PerformanceMonitor performance,
    @Nullable Errors errors,
    Alerts alerts,
    @Nullable AuditTrail audit,
    ReplayRoom replays,
    Recordings recordings,
    Setup setup,
    Supplier<Map<String, Health>> checks,
    PrometheusMeterRegistry registry,
    InstantSource clock) {

  private static final String LOGS = "/monitoring/logs";
  private static final String PERFORMANCE = "/monitoring/performance";
  private static final String ERRORS = "/monitoring/errors";
  private static final String ALERTS = "/monitoring/alerts";
  private static final String AUDIT = "/monitoring/audit";
  private static final String DEPLOYMENTS = "/monitoring/deployments";
  private static final String SESSIONS = "/monitoring/sessions";

  /** What is answered, as in {@code openapi.yaml}; the first that fits a request answers it. */
  static final List<Route> ROUTES =
      List.of(
          new Route(HttpMethod.POST, LOGS, handlers -> handlers.ingest::ingest),
          new Route(HttpMethod.GET, LOGS, handlers -> handlers.logs::search),
          new Route(HttpMethod.GET, LOGS + "/export", handlers -> handlers.export::export),
          new Route(HttpMethod.GET, LOGS + "/stream", handlers -> handlers.tail::stream),
          new Route(HttpMethod.GET, LOGS + "/histogram", handlers -> handlers.stats::histogram),
          new Route(HttpMethod.GET, LOGS + "/patterns", handlers -> handlers.patterns::patterns),
          new Route(HttpMethod.GET, LOGS + "/fields", handlers -> handlers.stats::fields),
          new Route(
              HttpMethod.GET, LOGS + "/fields/{name}/values", handlers -> handlers.stats::values),
          new Route(HttpMethod.GET, LOGS + "/{event_id}", handlers -> handlers.logs::find),
          new Route(
              HttpMethod.GET, LOGS + "/{event_id}/context", handlers -> handlers.logs::context),
          new Route(HttpMethod.GET, "/monitoring/stats", handlers -> handlers.stats::stats),
          new Route(HttpMethod.GET, PERFORMANCE, handlers -> handlers.performance::overview),
          new Route(
              HttpMethod.GET, PERFORMANCE + "/series", handlers -> handlers.performance::timeline),
          new Route(
              HttpMethod.GET, PERFORMANCE + "/heatmap", handlers -> handlers.performance::heatmap),
          new Route(
              HttpMethod.GET, PERFORMANCE + "/spikes", handlers -> handlers.performance::spikes),
          new Route(
              HttpMethod.GET,
              PERFORMANCE + "/differences",
              handlers -> handlers.performance::differences),
          new Route(HttpMethod.GET, ERRORS, handlers -> handlers.errors::list),
          new Route(
              HttpMethod.GET, ERRORS + "/rules", handlers -> handlers.groupingRules::versions),
          new Route(HttpMethod.PUT, ERRORS + "/rules", handlers -> handlers.groupingRules::put),
          new Route(
              HttpMethod.POST, ERRORS + "/rules/undo", handlers -> handlers.groupingRules::undo),
          new Route(
              HttpMethod.POST,
              ERRORS + "/rules/preview",
              handlers -> handlers.groupingRules::preview),
          new Route(HttpMethod.GET, ERRORS + "/{group_id}", handlers -> handlers.errors::find),
          new Route(
              HttpMethod.GET, ERRORS + "/{group_id}/explain", handlers -> handlers.errors::explain),
          new Route(
              HttpMethod.POST, ERRORS + "/{group_id}/changes", handlers -> handlers.errors::change),
          new Route(HttpMethod.POST, "/monitoring/alert", handlers -> handlers.report::report),
          new Route(HttpMethod.GET, ALERTS, handlers -> handlers.alerts::list),
          new Route(HttpMethod.GET, ALERTS + "/policies", handlers -> handlers.policies::policies),
          new Route(
              HttpMethod.POST,
              ALERTS + "/policies/backtest",
              handlers -> handlers.policies::backtest),
          new Route(
              HttpMethod.GET,
              ALERTS + "/policies/{policy}",
              handlers -> handlers.policies::versions),
          new Route(
              HttpMethod.PUT, ALERTS + "/policies/{policy}", handlers -> handlers.policies::put),
          new Route(
              HttpMethod.DELETE,
              ALERTS + "/policies/{policy}",
              handlers -> handlers.policies::remove),
          new Route(HttpMethod.GET, ALERTS + "/silences", handlers -> handlers.policies::silences),
          new Route(HttpMethod.POST, ALERTS + "/silences", handlers -> handlers.policies::silence),
          new Route(
              HttpMethod.POST,
              ALERTS + "/silences/preview",
              handlers -> handlers.policies::preview),
          new Route(
              HttpMethod.DELETE,
              ALERTS + "/silences/{silence_id}",
              handlers -> handlers.policies::unsilence),
          new Route(
              HttpMethod.GET, ALERTS + "/channels", handlers -> handlers.notifications::channels),
          new Route(
              HttpMethod.POST,
              ALERTS + "/channels/{channel}/test",
              handlers -> handlers.notifications::test),
          new Route(
              HttpMethod.GET,
              ALERTS + "/notifications",
              handlers -> handlers.notifications::notifications),
          new Route(HttpMethod.GET, ALERTS + "/inbox", handlers -> handlers.notifications::inbox),
          new Route(
              HttpMethod.POST, ALERTS + "/inbox/read", handlers -> handlers.notifications::read),
          new Route(
              HttpMethod.GET, ALERTS + "/inbox/stream", handlers -> handlers.notifications::stream),
          new Route(HttpMethod.GET, ALERTS + "/{alert_id}", handlers -> handlers.alerts::find),
          new Route(
              HttpMethod.GET, ALERTS + "/{alert_id}/explain", handlers -> handlers.alerts::explain),
          new Route(
              HttpMethod.POST,
              ALERTS + "/{alert_id}/acknowledge",
              handlers -> handlers.alerts::acknowledge),
          new Route(
              HttpMethod.POST,
              ALERTS + "/{alert_id}/resolve",
              handlers -> handlers.alerts::resolve),
          new Route(HttpMethod.GET, AUDIT, handlers -> handlers.timeline::timeline),
          new Route(HttpMethod.GET, AUDIT + "/report", handlers -> handlers.auditReport::report),
          new Route(HttpMethod.GET, AUDIT + "/verify", handlers -> handlers.audit::verify),
          new Route(
              HttpMethod.GET, AUDIT + "/checkpoints", handlers -> handlers.audit::checkpoints),
          new Route(HttpMethod.GET, AUDIT + "/proof", handlers -> handlers.audit::inclusion),
          new Route(
              HttpMethod.GET, AUDIT + "/consistency", handlers -> handlers.audit::consistency),
          new Route(HttpMethod.GET, AUDIT + "/bundle", handlers -> handlers.audit::bundle),
          new Route(HttpMethod.GET, AUDIT + "/key", handlers -> handlers.audit::key),
          new Route(HttpMethod.POST, DEPLOYMENTS, handlers -> handlers.deployments::record),
          new Route(HttpMethod.GET, DEPLOYMENTS, handlers -> handlers.deployments::list),
          new Route(
              HttpMethod.GET,
              DEPLOYMENTS + "/suspects",
              handlers -> handlers.deploymentReports::suspects),
          new Route(
              HttpMethod.GET, DEPLOYMENTS + "/{id}", handlers -> handlers.deploymentReports::find),
          new Route(HttpMethod.GET, SESSIONS, handlers -> handlers.sessions::list),
          new Route(
              HttpMethod.GET, SESSIONS + "/{session_id}", handlers -> handlers.sessions::replay),
          new Route(
              HttpMethod.GET,
              SESSIONS + "/{session_id}/state",
              handlers -> handlers.sessions::state),
          new Route(
              HttpMethod.GET,
              SESSIONS + "/{session_id}/causes",
              handlers -> handlers.sessions::causes),
          new Route(
              HttpMethod.GET,
              SESSIONS + "/{session_id}/related",
              handlers -> handlers.sessions::related),
          new Route(
              HttpMethod.POST,
              SESSIONS + "/{session_id}/recording",
              handlers -> handlers.recording::add),
          new Route(
              HttpMethod.GET,
              SESSIONS + "/{session_id}/recording",
              handlers -> handlers.recording::read),
          new Route(HttpMethod.GET, "/monitoring/settings", handlers -> handlers.setup::settings),
          new Route(HttpMethod.GET, "/monitoring/storage", handlers -> handlers.setup::storage),
          new Route(HttpMethod.GET, "/health/live", handlers -> handlers.status::live),
          new Route(HttpMethod.GET, "/health/ready", handlers -> handlers.status::ready),
          new Route(HttpMethod.GET, "/metrics", handlers -> handlers.status::metrics),
          new Route(HttpMethod.GET, "/openapi.yaml", handlers -> handlers.openApi::document));

  /** The handlers of one event loop, which has a lane of its own into the journal. */
  record Handlers(
      IngestHandler ingest,
      LogsHandler logs,
      TailHandler tail,
      ExportHandler export,
      StatsHandler stats,
      PatternsHandler patterns,
      PerformanceHandler performance,
      ErrorsHandler errors,
      GroupingRulesHandler groupingRules,
      AlertReportHandler report,
      AlertsHandler alerts,
      AlertPoliciesHandler policies,
      NotificationsHandler notifications,
      AuditTimelineHandler timeline,
      AuditHandler audit,
      AuditReportHandler auditReport,
      DeploymentsHandler deployments,
      DeploymentReportHandler deploymentReports,
      SessionsHandler sessions,
      RecordingHandler recording,
      SetupHandler setup,
      StatusHandler status,
      OpenApiHandler openApi) {}

  Handlers handlers(EventLoop loop, Blocking blocking, Judgements judgements) {
    Lane lane = collector.lane(loop::later);
    EventRecorder recorder = new EventRecorder(lane);
    return new Handlers(
        new IngestHandler(lane, consumers, blocking, limits.timeout()),
        new LogsHandler(store, blocking, clock),
        new TailHandler(tail, store, consumers, blocking, clock),
        new ExportHandler(store, parquet, blocking, clock),
        new StatsHandler(store, blocking, clock),
        new PatternsHandler(store, blocking, clock),
        new PerformanceHandler(performance, store, blocking, clock),
        new ErrorsHandler(errors, store, recorder, consumers, judgements.suspects(), blocking),
        new GroupingRulesHandler(errors, store, recorder, consumers, blocking, clock),
        new AlertReportHandler(alerts, recorder, blocking),
        new AlertsHandler(alerts, blocking),
        new AlertPoliciesHandler(alerts, store, blocking, clock),
        new NotificationsHandler(alerts, blocking, clock),
        new AuditTimelineHandler(store, blocking, clock),
        new AuditHandler(audit, store, blocking),
        new AuditReportHandler(audit, store, blocking, clock),
        new DeploymentsHandler(store, recorder, judgements.outcomes(), blocking, clock),
        new DeploymentReportHandler(
            store,
            performance,
            errors == null ? null : errors.groups(),
            judgements.suspects(),
            blocking,
            clock),
        new SessionsHandler(
            store,
            replays,
            recordings,
            new CauseRulings(errors == null ? null : errors.groups(), judgements.suspects()),
            blocking,
            clock),
        new RecordingHandler(recordings, blocking, clock),
        new SetupHandler(setup, store, blocking),
        new StatusHandler(checks, registry, blocking),
        new OpenApiHandler());
  }
}
