import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { ErrorState } from "../components/EmptyState";
import { Explore } from "../pages/explore/Explore";
import { exploreSearch, pageSearch, parseSearch, type PageSearch, stringifySearch, texts } from "../search/url";
import { NotFound } from "./NotFound";
import { Shell } from "./Shell";

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

const overview = createRoute({
  getParentRoute: () => root,
  path: "/",
  validateSearch: pageSearch,
  component: lazyRouteComponent(() => import("../pages/overview/Overview"), "Overview"),
});

const explore = createRoute({
  getParentRoute: () => root,
  path: "/explore",
  validateSearch: exploreSearch,
  component: Explore,
});

export interface ErrorsSearch extends PageSearch {
  readonly state?: string;
  readonly sort?: string;
  readonly project?: string;
}

const errors = createRoute({
  getParentRoute: () => root,
  path: "/errors",
  validateSearch: (search: Record<string, unknown>): ErrorsSearch => ({
    ...pageSearch(search),
    ...texts(search, ["state", "sort", "project"]),
  }),
  component: lazyRouteComponent(() => import("../pages/errors/Errors"), "Errors"),
});

const errorGroup = createRoute({
  getParentRoute: () => root,
  path: "/errors/$group",
  validateSearch: pageSearch,
  component: lazyRouteComponent(() => import("../pages/errors/ErrorGroup"), "ErrorGroup"),
});

export interface PerformanceSearch extends PageSearch {
  readonly by?: string;
  readonly order?: string;
  readonly engine?: string;
  readonly platform?: string;
  readonly action?: string;
  /** The part of the range that is compared with the rest, as a range with an end. */
  readonly selected?: string;
  /** The spike whose suspects are shown. */
  readonly spike?: string;
  /** Which durations of that part, as two numbers of milliseconds: from the first to below the other. */
  readonly durations?: string;
}

const performance = createRoute({
  getParentRoute: () => root,
  path: "/performance",
  validateSearch: (search: Record<string, unknown>): PerformanceSearch => ({
    ...pageSearch(search),
    ...texts(search, ["by", "order", "engine", "platform", "action", "selected", "durations", "spike"]),
  }),
  component: lazyRouteComponent(() => import("../pages/performance/Performance"), "Performance"),
});

export interface AlertsSearch extends PageSearch {
  readonly tab?: string;
  readonly state?: string;
  readonly severity?: string;
  readonly project?: string;
  readonly policy?: string;
  readonly channel?: string;
  /** The policy that is open, of which version, and how far back it is tried. */
  readonly edit?: string;
  readonly version?: string;
  readonly tried?: string;
}

const alerts = createRoute({
  getParentRoute: () => root,
  path: "/alerts",
  validateSearch: (search: Record<string, unknown>): AlertsSearch => ({
    ...pageSearch(search),
    ...texts(search, ["tab", "state", "severity", "project", "policy", "channel", "edit", "version", "tried"]),
  }),
  component: lazyRouteComponent(() => import("../pages/alerts/Alerts"), "Alerts"),
});

const alert = createRoute({
  getParentRoute: () => root,
  path: "/alerts/$alert",
  validateSearch: pageSearch,
  component: lazyRouteComponent(() => import("../pages/alerts/AlertPage"), "AlertPage"),
});

export interface AuditSearch extends PageSearch {
  readonly tab?: string;
  readonly user?: string;
  readonly project?: string;
  readonly flow?: string;
  readonly q?: string;
  /** Marks with commas between them. */
  readonly mark?: string;
  readonly order?: string;
}

const audit = createRoute({
  getParentRoute: () => root,
  path: "/audit",
  validateSearch: (search: Record<string, unknown>): AuditSearch => ({
    ...pageSearch(search),
    ...texts(search, ["tab", "user", "project", "flow", "q", "mark", "order"]),
  }),
  component: lazyRouteComponent(() => import("../pages/audit/Audit"), "Audit"),
});

export interface DeploymentsSearch extends PageSearch {
  readonly kind?: string;
}

const deployments = createRoute({
  getParentRoute: () => root,
  path: "/deployments",
  validateSearch: (search: Record<string, unknown>): DeploymentsSearch => ({
    ...pageSearch(search),
    ...texts(search, ["kind"]),
  }),
  component: lazyRouteComponent(() => import("../pages/deployments/Deployments"), "Deployments"),
});

const deployment = createRoute({
  getParentRoute: () => root,
  path: "/deployments/$change",
  validateSearch: pageSearch,
  component: lazyRouteComponent(() => import("../pages/deployments/DeploymentPage"), "DeploymentPage"),
});

export interface SessionsSearch extends PageSearch {
  /** What sessions are made of: `run_id` or `flow_id`. */
  readonly by?: string;
  readonly q?: string;
}

const sessions = createRoute({
  getParentRoute: () => root,
  path: "/replay",
  validateSearch: (search: Record<string, unknown>): SessionsSearch => ({
    ...pageSearch(search),
    ...texts(search, ["by", "q"]),
  }),
  component: lazyRouteComponent(() => import("../pages/replay/Sessions"), "Sessions"),
});

export interface ReplaySearch extends PageSearch {
  readonly by?: string;
  readonly project?: string;
  /** The error that is looked into. */
  readonly event?: string;
  /** Where the playhead is, in milliseconds since the session's first event. */
  readonly at?: string;
}

const session = createRoute({
  getParentRoute: () => root,
  path: "/replay/$session",
  validateSearch: (search: Record<string, unknown>): ReplaySearch => ({
    ...pageSearch(search),
    ...texts(search, ["by", "project", "event", "at"]),
  }),
  component: lazyRouteComponent(() => import("../pages/replay/SessionPage"), "SessionPage"),
});

export interface SettingsSearch extends PageSearch {
  /** `given` for the settings that somebody has set. */
  readonly show?: string;
  /** `all` for every day that is kept. */
  readonly days?: string;
}

const settings = createRoute({
  getParentRoute: () => root,
  path: "/settings",
  validateSearch: (search: Record<string, unknown>): SettingsSearch => ({
    ...pageSearch(search),
    ...texts(search, ["show", "days"]),
  }),
  component: lazyRouteComponent(() => import("../pages/settings/Settings"), "Settings"),
});

export const router = createRouter({
  routeTree: root.addChildren([overview, explore, errors, errorGroup, performance, alerts, alert, audit, sessions, session, deployments, deployment, settings]),
  parseSearch,
  stringifySearch,
  defaultPreload: "intent",
  defaultErrorComponent: ({ error, reset }) => (
    <ErrorState error={error instanceof Error ? error : new Error(String(error))} onRetry={reset} />
  ),
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
