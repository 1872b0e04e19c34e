import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { ErrorState } from "../components/EmptyState";
import { Explore } from "../pages/explore/Explore";
import { exploreSearch, pageSearch, parseSearch, type PageSearch, stringifySearch } from "../search/url";
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

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

const errors = createRoute({
  getParentRoute: () => root,
  path: "/errors",
  validateSearch: (search: Record<string, unknown>): ErrorsSearch => {
    const [state, sort, project] = [text(search.state), text(search.sort), text(search.project)];
    return {
      ...pageSearch(search),
      ...(state === undefined ? {} : { state }),
      ...(sort === undefined ? {} : { sort }),
      ...(project === undefined ? {} : { project }),
    };
  },
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
}

const performance = createRoute({
  getParentRoute: () => root,
  path: "/performance",
  validateSearch: (search: Record<string, unknown>): PerformanceSearch => {
    const found: Record<string, string> = {};
    for (const name of ["by", "order", "engine", "platform", "action", "selected"]) {
      const value = text(search[name]);
      if (value !== undefined) {
        found[name] = value;
      }
    }
    return { ...pageSearch(search), ...found };
  },
  component: lazyRouteComponent(() => import("../pages/performance/Performance"), "Performance"),
});

export const router = createRouter({
  routeTree: root.addChildren([overview, explore, errors, errorGroup, performance]),
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
