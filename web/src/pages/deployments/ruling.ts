import type { Ruling } from "../../data/deployments";

/** What is thought of a change as the cause of an error. */
export const RULINGS: Readonly<Record<Ruling, string>> = {
  likely: "likely to blame",
  possible: "possibly to blame",
  thin_baseline: "too few calls before it to say",
  controls_rose: "what was not deployed rose as well",
  not_risen: "has not become more frequent",
  out_of_reach: "happens where it does not reach",
  after_onset: "began before it",
};

export const SUSPECTED: ReadonlySet<Ruling> = new Set(["likely", "possible", "thin_baseline"]);

export function toneOf(ruling: Ruling): "bad" | "medium" | "neutral" {
  return ruling === "likely" ? "bad" : ruling === "possible" ? "medium" : "neutral";
}
