import {
  type InfiniteData,
  type QueryKey,
  useInfiniteQuery,
  type UseInfiniteQueryOptions,
  type UseInfiniteQueryResult,
  useQuery,
  type UseQueryOptions,
  type UseQueryResult,
} from "@tanstack/react-query";
import { useLocation } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { type Kept, keep } from "./kept";
import { missing } from "./missed";

/**
 * What is asked, for a page that shows it. What it had already it keeps where asking again does not come
 * to an answer: `error` then is null, and the shell says since when it was not renewed.
 */
export function useAnswer<T, K extends QueryKey>(options: UseQueryOptions<T, Error, T, K>): UseQueryResult<T> {
  return useKept(useQuery(options), options.queryKey);
}

/** The same for what comes a page after the other. Where another page does not come, those before it stay. */
export function useAnswers<T, K extends QueryKey, P>(
  options: UseInfiniteQueryOptions<T, Error, InfiniteData<T>, K, P>,
): UseInfiniteQueryResult<InfiniteData<T>> {
  return useKept(useInfiniteQuery(options), options.queryKey);
}

const NOTHING: Kept = { question: "", at: 0 };

function useKept<R extends UseQueryResult<unknown> | UseInfiniteQueryResult<unknown>>(found: R, key: QueryKey): R {
  const question = useQuestion(key);
  const [before, setKept] = useState(NOTHING);
  const kept = keep(before, question, found);
  if (kept !== before) {
    setKept(kept);
  }
  const { at: since, lost } = kept;
  const more = "isFetchNextPageError" in found && found.isFetchNextPageError;
  const again = more ? found.fetchNextPage : found.refetch;
  useEffect(() => (lost === undefined ? undefined : missing({ since, error: lost, more, again: () => void again() })), [lost, since, more, again]);
  return lost !== undefined && found.error !== null ? { ...found, data: kept.data, error: null } : found;
}

/**
 * What is asked for, apart from the moment. The address is all that a page can be asked, so that as long as
 * it stays, other times in the key mean that now is later. What else is open on a page changes nothing.
 */
function useQuestion(key: QueryKey): string {
  const address = useLocation({ select: ({ pathname, search }) => JSON.stringify([pathname, { ...search, event: undefined, tab: undefined }]) });
  const asked = JSON.stringify(key, (name, value: unknown) => (name === "from" || name === "to" ? undefined : value));
  return `${address} ${asked}`;
}
