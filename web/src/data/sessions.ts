import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { type Bounds, iso } from "../time/range";
import type { RecordedEvent } from "../player/messages";
import { get, lines, type Schemas } from "./api";

export type Session = Schemas["Session"];
export type SessionEvent = Schemas["SessionEvent"];
export type SessionState = Schemas["SessionState"];
export type Cause = Schemas["Causes"]["causes"][number];

/** What sessions are made of. */
export const SESSIONS_BY = ["session_id", "run_id", "flow_id"] as const;

/** Which session is meant. */
export interface SessionName {
  readonly id: string;
  readonly by: string | undefined;
  readonly project: string | undefined;
}

export interface Lane {
  readonly engine?: string;
  readonly events: number;
  readonly errors: number;
}

/** An event in a replay; times are milliseconds since the first event of the session. */
export interface ReplayEvent extends SessionEvent {
  readonly index: number;
  readonly offset_ms: number;
  readonly start_ms?: number;
  readonly lane: number;
}

export interface Keyframe {
  readonly index: number;
  readonly state: SessionState;
}

export interface Replay {
  readonly session: Session & { readonly earliest_ms: number; readonly lanes: readonly Lane[] };
  readonly keyframes: readonly Keyframe[];
  readonly events: readonly ReplayEvent[];
}

export function sessions(bounds: Bounds, by: string | undefined, q: string | undefined) {
  const query = { from: iso(bounds.from), to: iso(bounds.to), by, q, limit: 100 };
  return infiniteQueryOptions({
    queryKey: ["sessions", query],
    queryFn: ({ signal, pageParam }) => get("/monitoring/sessions", { query: { ...query, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });
}

/** A session, whole, to be played. */
export function replay(name: SessionName) {
  return queryOptions({
    queryKey: ["sessions", "replay", name],
    queryFn: async ({ signal }) => read(await lines("/monitoring/sessions/{session_id}", { ...asked(name), signal })),
    structuralSharing: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Puts the lines of a replay together; throws where the last one is missing. */
export function read(all: readonly unknown[]): Replay {
  const told = all as readonly { readonly kind: string }[];
  const session = told.find((line) => line.kind === "session") as Replay["session"] | undefined;
  if (session === undefined || told.at(-1)?.kind !== "end") {
    throw new Error("The replay broke off");
  }
  return {
    session,
    keyframes: told.filter((line) => line.kind === "keyframe") as unknown as Keyframe[],
    events: told.filter((line) => line.kind === "event") as unknown as ReplayEvent[],
  };
}

/** What the page of a session looked like: events of rrweb, in their order. */
export function recording({ id, project_id }: Pick<Session, "id" | "project_id">) {
  return queryOptions({
    queryKey: ["sessions", "recording", project_id, id],
    queryFn: async ({ signal }) =>
      readRecording(await lines("/monitoring/sessions/{session_id}/recording", { path: { session_id: id }, query: { project_id }, signal })),
    structuralSharing: false,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}

/** Puts the chunks of a recording together; throws where the last line is missing. */
export function readRecording(all: readonly unknown[]): RecordedEvent[] {
  const told = all as readonly { readonly kind: string; readonly events: RecordedEvent[] }[];
  if (told.at(-1)?.kind !== "end") {
    throw new Error("The recording broke off");
  }
  return told.flatMap((line) => (line.kind === "chunk" ? line.events : []));
}

/** What led to an error of a session, or to its last one. */
export function causes(name: SessionName, event: string | undefined) {
  return queryOptions({
    queryKey: ["sessions", "causes", name, event],
    queryFn: ({ signal }) => get("/monitoring/sessions/{session_id}/causes", { ...asked(name, { event_id: event }), signal }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}

/** Who else had an error of a session, and where it parts from one that went well. */
export function related(name: SessionName, event: string | undefined) {
  return queryOptions({
    queryKey: ["sessions", "related", name, event],
    queryFn: ({ signal }) => get("/monitoring/sessions/{session_id}/related", { ...asked(name, { event_id: event }), signal }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}

function asked({ id, by, project }: SessionName, more: Readonly<Record<string, string | undefined>> = {}) {
  return { path: { session_id: id }, query: { by, project_id: project, ...more } };
}
