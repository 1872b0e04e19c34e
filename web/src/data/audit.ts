import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { address, get, type Parameters, type Schemas } from "./api";

export type AuditEntry = Schemas["AuditEntry"];
export type AuditVerification = Schemas["AuditVerification"];
export type AuditCheckpoint = Schemas["AuditCheckpoint"];

export function auditPages(parameters: Parameters, order: "newest" | "oldest") {
  const query = { ...parameters, order, limit: 100 };
  return infiniteQueryOptions({
    queryKey: ["audit", "timeline", query],
    queryFn: ({ signal, pageParam }) => get("/monitoring/audit", { query: { ...query, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
    // Events never change.
    structuralSharing: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Where all entries are as a file. */
export function auditFile(parameters: Parameters, format: "csv" | "ndjson"): string {
  return address("/monitoring/audit", { query: { ...parameters, format } });
}

/** Computes everything again, which may take a minute; asked for by hand only. */
export function auditVerification() {
  return queryOptions({
    queryKey: ["audit", "verification"],
    queryFn: ({ signal }) => get("/monitoring/audit/verify", { signal }),
    enabled: false,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Signed checkpoints, the newest first. */
export function checkpointPages() {
  return infiniteQueryOptions({
    queryKey: ["audit", "checkpoints"],
    queryFn: ({ signal, pageParam }) => get("/monitoring/audit/checkpoints", { query: { before: pageParam, limit: 50 }, signal }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => page.next_before,
  });
}
