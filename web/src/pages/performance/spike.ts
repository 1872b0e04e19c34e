import { millis, percent, shortCount } from "../../components/numbers";
import type { Parameters, Schemas } from "../../data/api";
import { exactly } from "../../search/filter";

export type Spike = Schemas["Spikes"]["spikes"][number];

const PLACE = ["project_id", "engine", "platform", "action"] as const;

/** What tells a spike from others. */
export function keyOf(spike: Spike): string {
  return [spike.kind, spike.from, ...PLACE.map((field) => spike[field] ?? "")].join("|");
}

/** Whose series it is. */
export function placeOf(spike: Spike): string {
  const parts = PLACE.map((field) => spike[field]).filter((part) => part !== null);
  return parts.length === 0 ? "all calls" : parts.join(" · ");
}

/** What it was instead of what is usual. */
export function figures({ kind, expected, observed }: Spike): string {
  switch (kind) {
    case "latency":
      return `p95 ${millis(observed)} instead of ${millis(expected)}`;
    case "errors":
    case "timeouts":
      return `${percent(observed)} instead of ${percent(expected)} of calls`;
    case "retries":
      return `${shortCount(observed)} instead of ${shortCount(expected)} retries a call`;
    case "load":
      return `${shortCount(observed)} instead of ${shortCount(expected)} calls a minute`;
  }
}

/** Which events went wrong in it, as parameters of the API; none where calls only became more. */
export function errorOf(spike: Spike): Parameters | undefined {
  const place = Object.fromEntries(PLACE.flatMap((field) => (spike[field] === null ? [] : [[field, exactly(spike[field])]])));
  const wrong = wrongOf(spike);
  return wrong === undefined ? undefined : { ...place, ...wrong, at: spike.from };
}

function wrongOf({ kind, expected }: Spike): Parameters | undefined {
  switch (kind) {
    case "latency":
      return { duration_ms: `>${expected}` };
    case "errors":
      return {};
    case "timeouts":
      return { status: "timeout" };
    case "retries":
      return { retries: ">0" };
    case "load":
      return undefined;
  }
}
