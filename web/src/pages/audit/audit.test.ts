import { describe, expect, it } from "vitest";
import type { AuditVerification } from "../../data/audit";
import { marksOf, timelineOf, valueText, withMark } from "./scope";
import { verdict } from "./verdict";

const CHECKPOINT = { number: 12, time: "2026-11-25T14:02:11Z", leaves: 9, position: 2000, gaps: 0, root: "0123456789abcdef0123", text: "", signature: "" };

const HOLDS: AuditVerification = {
  holds: true,
  events: 5_000_000,
  from: "2026-11-25T00:00:00Z",
  to: "2026-11-25T01:23:20Z",
  removed: 0,
  folded: 0,
  unsigned: 0,
  pending: 0,
  unproven: 0,
  checkpoints: 13,
  last_checkpoint: CHECKPOINT,
  key: "SHA256:x",
};

describe("a verification", () => {
  it("says what was verified", () => {
    expect(verdict(HOLDS, "UTC")).toEqual({
      tone: "good",
      title: "Verified 5,000,000 events, Nov 25 00:00:00 – Nov 25 01:23:20, root 0123456789abcdef…",
      notes: ["Checkpoint 12 of Nov 25 14:02:11, 13 in all"],
    });
  });

  it("says what is not covered", () => {
    const notes = verdict({ ...HOLDS, unsigned: 1, unproven: 30, pending: 2, removed: 7, folded: 9 }, "UTC").notes;
    expect(notes).toContain("Not covered by a signature yet: 1 event");
    expect(notes).toContain("Not covered: 30 events from before the audit trail, or from while it was off");
    expect(notes).toContain("Not stored yet: 2 events");
    expect(notes).toContain("Stored as part of others, which have their count: 9 events");
    expect(notes).toContain("Removed by retention, with a signed record: 7 events");
    const { last_checkpoint: _, ...unsigned } = { ...HOLDS, checkpoints: 0 };
    expect(verdict(unsigned, "UTC")).toMatchObject({ tone: "medium", title: "Not covered: nothing is signed yet" });
  });

  it("says where it is broken", () => {
    const finding = { kind: "event_altered", detail: "the digest differs", from: 256, to: 512 } as const;
    expect(verdict({ ...HOLDS, holds: false, finding }, "UTC")).toMatchObject({
      tone: "bad",
      title: "Broken at positions 256 – 511: an event was altered",
      notes: ["the digest differs"],
    });
    const chain = { kind: "checkpoint_chain", detail: "x", from: 3, to: 4 } as const;
    expect(verdict({ ...HOLDS, holds: false, finding: chain }, "UTC").title).toBe("Broken at number 3: a checkpoint was removed or replaced");
  });
});

describe("a timeline", () => {
  const bounds = { from: 0, to: 60_000 };

  it("is of a user, a project, a flow, and of some marks", () => {
    const asked = timelineOf({ user: 'a"b', project: "p,1", flow: "f", q: "x OR y", mark: "sign_in,denial,other" }, bounds);
    expect(asked).toEqual({
      from: "1970-01-01T00:00:00Z",
      to: "1970-01-01T00:01:00Z",
      q: '(user_id:"a\\"b" OR (triggered_by:"a\\"b" AND NOT _exists_:user_id)) AND (x OR y)',
      project_id: '"p,1"',
      flow_id: "f",
      mark: "sign_in,denial",
    });
    expect(timelineOf({ q: "x OR y" }, bounds).q).toBe("x OR y");
  });

  it("takes marks up and drops them", () => {
    const two = { mark: withMark({ mark: "change" }, "sign_in") ?? "" };
    expect(two.mark).toBe("change,sign_in");
    expect(marksOf(two)).toEqual(["sign_in", "change"]);
    expect(withMark({ mark: "change" }, "change")).toBeUndefined();
  });

  it("shows values as they are", () => {
    expect([valueText("<b>"), valueText(1), valueText(null), valueText({ a: [1] }), valueText(undefined)]).toEqual(["<b>", "1", "null", '{"a":[1]}', undefined]);
  });
});
