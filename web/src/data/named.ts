import { queryOptions } from "@tanstack/react-query";
import { exactly } from "../search/filter";
import { rangeText } from "../time/range";
import { get, ProblemError } from "./api";

/** Something that has an id, with what leads to it: an event lies in a range, a session in a project. */
export type Named = { readonly id: string; readonly title: string } & (
  | { readonly kind: "Alert" | "Error" | "Deployment" }
  | { readonly kind: "Event"; readonly range: string }
  | { readonly kind: "Session"; readonly project: string }
);

const MINUTE = 60_000;

/** Shorter texts are the beginning of something else. */
const SHORTEST = 3;

/** The id that a text may be: one word with a digit in it. */
export function idIn(text: string): string | undefined {
  return text.length >= SHORTEST && /^\S*\d\S*$/.test(text) ? text : undefined;
}

/** Whatever has an id, one of each kind at most. */
export function named(id: string | undefined) {
  return queryOptions({
    queryKey: ["named", id],
    queryFn: async ({ signal }) => {
      const lookups = id === undefined ? [] : [alert(id, signal), error(id, signal), session(id, signal), deployment(id, signal), event(id, signal)];
      const found = await Promise.all(lookups.map(orNothing));
      return found.filter((each) => each !== undefined);
    },
    enabled: id !== undefined,
    retry: false,
    staleTime: 10_000,
  });
}

/** Nothing where the server says that there is none, or that it does not have such things. */
async function orNothing(looked: Promise<Named | undefined>): Promise<Named | undefined> {
  try {
    return await looked;
  } catch (thrown) {
    if (thrown instanceof ProblemError) {
      return undefined;
    }
    throw thrown;
  }
}

async function alert(id: string, signal: AbortSignal): Promise<Named> {
  const { title } = await get("/monitoring/alerts/{alert_id}", { path: { alert_id: id }, signal });
  return { kind: "Alert", id, title };
}

async function error(id: string, signal: AbortSignal): Promise<Named> {
  const { title } = await get("/monitoring/errors/{group_id}", { path: { group_id: id }, signal });
  return { kind: "Error", id, title };
}

/** A session is known by its newest event: an id says neither a time nor a project. */
async function session(id: string, signal: AbortSignal): Promise<Named | undefined> {
  const { logs } = await get("/monitoring/logs", { query: { session_id: exactly(id), limit: 1 }, signal });
  return logs[0] === undefined ? undefined : { kind: "Session", id, title: `${id} of ${logs[0].project_id}`, project: logs[0].project_id };
}

async function deployment(id: string, signal: AbortSignal): Promise<Named> {
  const { deployment: change } = await get("/monitoring/deployments/{id}", { path: { id }, signal });
  return { kind: "Deployment", id, title: [change.engine, change.version].filter((part) => part !== undefined).join(" ") || id };
}

async function event(id: string, signal: AbortSignal): Promise<Named> {
  const { message, timestamp } = await get("/monitoring/logs/{event_id}", { path: { event_id: id }, signal });
  const time = Date.parse(timestamp);
  return { kind: "Event", id, title: message ?? id, range: rangeText({ kind: "fixed", from: time - MINUTE, to: time + MINUTE }) };
}
