import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { type Bounds, iso } from "../time/range";
import { get, type Parameters, type Schemas } from "./api";

export type Deployment = Schemas["Deployment"];
export type ListedDeployment = Schemas["ListedDeployment"];
export type DeploymentOutcome = NonNullable<Schemas["DeploymentOutcome"]>;
export type DeploymentReport = Schemas["DeploymentReport"];
export type Rates = Schemas["Rates"];
export type Ruling = Schemas["Ruling"];
export type Suspicion = Schemas["Suspicion"];

/** What became of changes is worked out beside the list; it is asked for again so soon. */
const ASK_AGAIN = 1_500;

/**
 * Deployments and other changes, the newest first, and what became of them.
 *
 * @param kind only these, with commas between them
 */
export function deploymentPages(bounds: Bounds, kind: string | undefined) {
  const query = { from: iso(bounds.from), to: iso(bounds.to), kind, include: "outcome" as const, limit: 50 };
  return infiniteQueryOptions({
    queryKey: ["deployments", query],
    queryFn: ({ signal, pageParam }) => get("/monitoring/deployments", { query: { ...query, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.error === null && state.data?.pages.some((page) => page.deployments.some((change) => change.outcome === null)) === true ? ASK_AGAIN : false,
  });
}

/** Which changes may be to blame for a group of errors, or for the errors that parameters mean. */
export function suspects(error: Parameters) {
  return queryOptions({
    queryKey: ["deployments", "suspects", error],
    queryFn: ({ signal }) => get("/monitoring/deployments/suspects", { query: error, signal }),
    staleTime: 60_000,
  });
}

/** What became of a change. */
export function deploymentReport(id: string) {
  return queryOptions({
    queryKey: ["deployments", "report", id],
    queryFn: ({ signal }) => get("/monitoring/deployments/{id}", { path: { id }, signal }),
    staleTime: 60_000,
  });
}
