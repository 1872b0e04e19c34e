import type { LogEvent } from "./api";

export type FieldName = Exclude<keyof LogEvent, "attributes">;

/** A field of events, or `attributes.NAME`. */
export type FieldPath = FieldName | `attributes.${string}`;

const NAMES: Readonly<Record<FieldName, string>> = {
  timestamp: "When it happened",
  severity: "How much it matters",
  status: "How it went",
  type: "The outcome class",
  event_type: "What kind of event it is",
  engine: "Which engine reports",
  platform: "The platform that was called",
  action: "What was done there",
  error_type: "What kind of error it is",
  message: "What happened",
  duration_ms: "How long it took, in milliseconds",
  retries: "How often it was tried again",
  project_id: "The project that it belongs to",
  flow_id: "The flow that it is part of",
  run_id: "The run of the flow",
  step_id: "The step of the flow",
  user_id: "Who it happened for",
  session_id: "The session that it happened in",
  trace_id: "The trace that it is part of",
  span_id: "The span that it is part of",
  triggered_by: "Who or what caused it",
  environment: "Where it ran",
  version: "The version of what reports",
  host: "The machine that it ran on",
  event_id: "The id of the event",
  received_at: "When Blackbox received it",
  truncated: "Whether its text was cut",
  count: "How many errors it stands for",
  stack_trace: "Where in the code it happened",
};

/** All fields, those that are looked at most first. */
export const FIELDS = Object.keys(NAMES) as readonly FieldName[];

/** Fields with few enough values to choose from. */
export const FACETS: readonly FieldName[] = [
  "severity",
  "status",
  "engine",
  "platform",
  "action",
  "error_type",
  "event_type",
  "type",
  "project_id",
  "environment",
  "version",
  "host",
  "user_id",
  "triggered_by",
];

export const SEVERITIES = ["debug", "info", "low", "medium", "high", "critical"] as const;
export type Severity = (typeof SEVERITIES)[number];

export function isFieldPath(name: string): name is FieldPath {
  return Object.hasOwn(NAMES, name) || (name.startsWith("attributes.") && name.length > "attributes.".length);
}

export function describe(field: FieldPath): string {
  return Object.hasOwn(NAMES, field) ? NAMES[field as FieldName] : "What the sender said besides the fields";
}

/** A field and its value as text. */
export interface FieldText {
  readonly field: FieldPath;
  readonly text: string;
}

/** All that an event has, attributes with the path that leads to them. */
export function fieldTexts(event: LogEvent): FieldText[] {
  const texts: FieldText[] = [];
  for (const field of FIELDS) {
    const value = event[field];
    if (value !== undefined) {
      texts.push({ field, text: String(value) });
    }
  }
  collect("attributes", event.attributes, texts);
  return texts;
}

function collect(path: string, value: unknown, into: FieldText[]): void {
  if (value === undefined) {
    return;
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    for (const [name, inner] of Object.entries(value)) {
      collect(`${path}.${name}`, inner, into);
    }
  } else {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    into.push({ field: path as FieldPath, text });
  }
}

/** The value of a field as text; empty where there is none. */
export function textOf(event: LogEvent, field: FieldPath): string {
  if (!field.startsWith("attributes.")) {
    const value = event[field as FieldName];
    return value === undefined ? "" : String(value);
  }
  let value: unknown = event.attributes;
  for (const name of field.slice("attributes.".length).split(".")) {
    value = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  }
  return value === undefined || value === null ? "" : typeof value === "object" ? JSON.stringify(value) : String(value);
}
