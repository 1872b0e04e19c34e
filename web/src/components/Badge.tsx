import type { ReactNode } from "react";
import { SEVERITIES, type Severity } from "../data/fields";
import style from "./Badge.module.css";

export type Tone = "neutral" | "good" | "bad" | Severity;

/** A short text on a tint; the text says all that the tint does. */
export function Badge({ tone = "neutral", children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`${style.badge} ${style[tone]}`}>{children}</span>;
}

/** How severe something is: the name, and a bar that is the longer the more. */
export function SeverityBadge({ severity }: { severity: Severity }) {
  const level = SEVERITIES.indexOf(severity);
  return (
    <span className={`${style.severity} ${style[severity]}`}>
      <svg viewBox="0 0 10 10" width="9" height="9" aria-hidden="true">
        <rect x="0" y={8 - level * 1.6} width="10" height={2 + level * 1.6} rx="1" fill="currentColor" />
      </svg>
      {severity}
    </span>
  );
}

const STATUS_TONES: Readonly<Record<string, Tone>> = {
  success: "good",
  error: "high",
  timeout: "high",
  denied: "medium",
  retry: "low",
};

export function StatusBadge({ status }: { status: string }) {
  return <span className={`${style.severity} ${style[STATUS_TONES[status] ?? "neutral"]}`}>{status}</span>;
}

const STATE_TONES: Readonly<Record<string, Tone>> = {
  new: "info",
  ongoing: "neutral",
  escalating: "critical",
  regressed: "high",
  archived: "neutral",
  resolved: "good",
  pending: "info",
  firing: "critical",
  acknowledged: "medium",
  queued: "info",
  delivered: "good",
  failed: "high",
};

/** The state of a group of errors, an alert or a notification. */
export function StateBadge({ state }: { state: string }) {
  return <Badge tone={STATE_TONES[state] ?? "neutral"}>{state}</Badge>;
}
