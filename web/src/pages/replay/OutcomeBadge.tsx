import { Badge, type Tone } from "../../components/Badge";
import type { Session } from "../../data/sessions";

const TONES: Readonly<Record<Session["outcome"], Tone>> = {
  succeeded: "good",
  recovered: "medium",
  failed: "bad",
  unknown: "neutral",
};

/** How a session ended. */
export function OutcomeBadge({ outcome }: { outcome: Session["outcome"] }) {
  return <Badge tone={TONES[outcome]}>{outcome}</Badge>;
}
