import { count } from "../../components/numbers";
import type { AuditVerification } from "../../data/audit";
import { dateTime } from "../../time/format";

/** What came of a verification: the answer in one line, and what else has to be known. */
export interface Verdict {
  readonly tone: "good" | "bad" | "medium";
  readonly title: string;
  readonly notes: readonly string[];
}

const FINDINGS: Readonly<Record<string, string>> = {
  event_altered: "an event was altered",
  event_missing: "an event was removed",
  event_inserted: "an event was inserted",
  tree: "the tree was altered",
  checkpoint_chain: "a checkpoint was removed or replaced",
  checkpoint_signature: "a checkpoint has a wrong signature",
  gap_chain: "a gap record was removed or replaced",
  gap_signature: "a gap record has a wrong signature",
  anchor: "a checkpoint that is known from elsewhere is missing",
  unreadable: "something cannot be read",
};

const OF_EVENTS: ReadonlySet<string> = new Set(["event_altered", "event_missing", "event_inserted", "tree", "unreadable"]);

export function verdict(verification: AuditVerification, zone: string): Verdict {
  const { finding } = verification;
  if (finding !== undefined) {
    const last = finding.to - 1;
    const what = OF_EVENTS.has(finding.kind) ? "position" : "number";
    const where = last > finding.from ? `${what}s ${count(finding.from)} – ${count(last)}` : `${what} ${count(finding.from)}`;
    return {
      tone: "bad",
      title: `Broken at ${where}: ${FINDINGS[finding.kind] ?? finding.kind}`,
      notes: [finding.detail, ...notCovered(verification)],
    };
  }
  const checkpoint = verification.last_checkpoint;
  if (checkpoint === undefined) {
    return { tone: "medium", title: "Not covered: nothing is signed yet", notes: notCovered(verification) };
  }
  const from = verification.from === undefined ? "" : `, ${at(verification.from, zone)}`;
  const to = verification.to === undefined ? "" : ` – ${at(verification.to, zone)}`;
  return {
    tone: verification.holds ? "good" : "bad",
    title: `${verification.holds ? "Verified" : "Does not hold:"} ${events(verification.events)}${from}${to}, root ${checkpoint.root.slice(0, 16)}…`,
    notes: [
      `Checkpoint ${count(checkpoint.number)} of ${at(checkpoint.time, zone)}, ${count(verification.checkpoints)} in all`,
      ...(verification.removed > 0 ? [`Removed by retention, with a signed record: ${events(verification.removed)}`] : []),
      ...(verification.folded > 0 ? [`Stored as part of others, which have their count: ${events(verification.folded)}`] : []),
      ...notCovered(verification),
    ],
  };
}

/** What the proof says nothing about. */
function notCovered({ unsigned, unproven, pending }: AuditVerification): string[] {
  return [
    ...(unsigned > 0 ? [`Not covered by a signature yet: ${events(unsigned)}`] : []),
    ...(unproven > 0 ? [`Not covered: ${events(unproven)} from before the audit trail, or from while it was off`] : []),
    ...(pending > 0 ? [`Not stored yet: ${events(pending)}`] : []),
  ];
}

function events(number: number): string {
  return `${count(number)} event${number === 1 ? "" : "s"}`;
}

function at(time: string, zone: string): string {
  return dateTime(Date.parse(time), zone, false);
}
