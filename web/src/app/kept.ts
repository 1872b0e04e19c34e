import type { UseQueryResult } from "@tanstack/react-query";
import { isRefused } from "../data/api";

/** What a part of a page has got to see of one question. */
export interface Kept {
  readonly question: string;
  readonly data?: unknown;
  /** When that was so. */
  readonly at: number;
  /** Why nothing newer came; also while it is tried once more. */
  readonly lost?: Error | undefined;
}

type Found = Pick<UseQueryResult<unknown>, "data" | "error" | "isPlaceholderData" | "dataUpdatedAt">;

/**
 * What is kept once `found` is known; `before` itself where that changes nothing. An answer is kept as
 * long as the question is the same, and nobody refuses it.
 */
export function keep(before: Kept, question: string, found: Found): Kept {
  const same = before.question === question ? before : { question, at: 0 };
  const { data, error } = found;
  const answered = data !== undefined && !found.isPlaceholderData;
  const had = answered ? { question, data, at: found.dataUpdatedAt } : { question, data: same.data, at: same.at };
  const failure = error ?? (answered ? undefined : same.lost);
  const lost = had.data === undefined || failure === undefined || isRefused(failure) ? undefined : failure;
  const changed = before.question !== question || before.data !== had.data || before.at !== had.at || before.lost !== lost;
  return changed ? { ...had, lost } : before;
}
