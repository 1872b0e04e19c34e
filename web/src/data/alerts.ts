import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { address, get, type Schemas, submit } from "./api";

export type Alert = Schemas["Alert"];
export type AlertExplanation = Schemas["AlertExplanation"];
export type Notified = Schemas["Notified"];
/** A policy as it is written. Its parts are explained in docs/alerts.md; the server reads them. */
export type PolicyDocument = Omit<Schemas["Policy"], "condition" | "thresholds" | "notify"> & {
  readonly condition?: object;
  readonly thresholds?: readonly object[];
  readonly notify?: object;
};
export type PolicyVersion = Omit<Schemas["PolicyVersion"], "document"> & { readonly document?: PolicyDocument };
export type Backtest = Schemas["Backtest"];
export type LabelMatcher = Schemas["LabelMatcher"];
export type Silence = Schemas["Silence"];
export type SilencePreview = Schemas["SilencePreview"];
export type InboxPage = Schemas["InboxPage"];
export type InboxEntry = Schemas["InboxEntry"];
export type ChannelTest = Schemas["ChannelTest"];

/** All that begins with this may be another after a notification or a change. */
export const ALERTS_KEY = ["alerts"] as const;

/** How often what nobody has told is asked for again, in milliseconds. */
export const ALERTS_EVERY = 10_000;

export interface AlertScope {
  readonly state?: string | undefined;
  readonly severity?: string | undefined;
  readonly project_id?: string | undefined;
  readonly policy?: string | undefined;
}

export function alertPages(scope: AlertScope) {
  const query = { ...scope, limit: 100 };
  return infiniteQueryOptions({
    queryKey: [...ALERTS_KEY, "pages", query],
    queryFn: ({ signal, pageParam }) => get("/monitoring/alerts", { query: { ...query, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });
}

/** The newest alerts that fire, at most so many. */
export function firingAlerts(scope: AlertScope, limit: number) {
  const query = { ...scope, state: "firing", limit };
  return queryOptions({
    queryKey: [...ALERTS_KEY, "firing", query],
    queryFn: async ({ signal }) => (await get("/monitoring/alerts", { query, signal })).alerts,
    placeholderData: keepPreviousData,
  });
}

/** An alert with every decision about it. */
export function explainedAlert(id: string) {
  return queryOptions({
    queryKey: [...ALERTS_KEY, "explained", id],
    queryFn: ({ signal }) => get("/monitoring/alerts/{alert_id}/explain", { path: { alert_id: id }, signal }),
  });
}

export function changeAlert(id: string, change: "acknowledge" | "resolve", said: Schemas["AlertChange"]): Promise<Alert> {
  return submit("POST", address(`/monitoring/alerts/{alert_id}/${change}`, { path: { alert_id: id } }), { body: said });
}

/** How many notifications are asked for: there are no pages of them. */
export const MOST_NOTIFICATIONS = 200;

export function notifications(scope: { channel?: string | undefined; state?: string | undefined }) {
  const query = { ...scope, limit: MOST_NOTIFICATIONS };
  return queryOptions({
    queryKey: [...ALERTS_KEY, "notifications", query],
    queryFn: async ({ signal }) => (await get("/monitoring/alerts/notifications", { query, signal })).notifications,
    placeholderData: keepPreviousData,
  });
}

export function policies() {
  return queryOptions({
    queryKey: [...ALERTS_KEY, "policies"],
    queryFn: async ({ signal }) => (await get("/monitoring/alerts/policies", { signal })).policies,
  });
}

/** All versions of a policy, the newest first. */
export function policyVersions(policy: string) {
  return queryOptions({
    queryKey: [...ALERTS_KEY, "versions", policy],
    queryFn: async ({ signal }) => (await get("/monitoring/alerts/policies/{policy}", { path: { policy }, signal })).policies,
  });
}

export function putPolicy(document: PolicyDocument, actor: string): Promise<PolicyVersion> {
  const url = address("/monitoring/alerts/policies/{policy}", { path: { policy: document.policy } });
  return submit("PUT", url, { body: document, actor });
}

export function removePolicy(policy: string, actor: string): Promise<PolicyVersion> {
  return submit("DELETE", address("/monitoring/alerts/policies/{policy}", { path: { policy } }), { actor });
}

/** What a policy would have done since so long ago. */
export function backtest(document: PolicyDocument, since: string) {
  return queryOptions({
    queryKey: ["backtest", since, document],
    queryFn: ({ signal }) =>
      submit<Backtest>("POST", address("/monitoring/alerts/policies/backtest"), { body: { policy: document, since }, signal }),
    retry: false,
    staleTime: 60_000,
  });
}

export function silences() {
  return queryOptions({
    queryKey: [...ALERTS_KEY, "silences"],
    queryFn: async ({ signal }) => (await get("/monitoring/alerts/silences", { signal })).silences,
  });
}

/** Which alerts a silence with these matchers would mean now. */
export function silencePreview(matchers: readonly LabelMatcher[]) {
  return queryOptions({
    queryKey: [...ALERTS_KEY, "preview", matchers],
    queryFn: ({ signal }) =>
      submit<SilencePreview>("POST", address("/monitoring/alerts/silences/preview"), {
        // Neither matters for what it matches, and both are asked for.
        body: { matchers, reason: "preview", created_by: "preview", duration: "1h" },
        signal,
      }),
    retry: false,
    placeholderData: keepPreviousData,
  });
}

export function makeSilence(silence: Schemas["SilenceRequest"]): Promise<SilencePreview> {
  return submit("POST", address("/monitoring/alerts/silences"), { body: silence });
}

export function endSilence(id: string): Promise<Silence> {
  return submit("DELETE", address("/monitoring/alerts/silences/{silence_id}", { path: { silence_id: id } }));
}

export function channels() {
  return queryOptions({
    queryKey: [...ALERTS_KEY, "channels"],
    queryFn: async ({ signal }) => (await get("/monitoring/alerts/channels", { signal })).channels,
  });
}

export function testChannel(channel: string): Promise<ChannelTest> {
  return submit("POST", address("/monitoring/alerts/channels/{channel}/test", { path: { channel } }));
}

/** The newest entries of the inbox, and how many nobody has read. */
export function inbox() {
  return queryOptions({
    queryKey: ["inbox"],
    queryFn: ({ signal }) => get("/monitoring/alerts/inbox", { query: { limit: INBOX_LIMIT }, signal }),
  });
}

/** How many entries of the inbox are kept on the page. */
export const INBOX_LIMIT = 20;

export function markRead(upTo: number): Promise<{ unread: number }> {
  return submit("POST", address("/monitoring/alerts/inbox/read"), { body: { up_to: upTo } });
}
