import { useNavigate, useSearch } from "@tanstack/react-router";
import type { AlertsSearch } from "../../app/router";
import { useAutoRefresh } from "../../app/view";
import { ChannelList } from "../../components/ChannelList";
import { Page } from "../../components/Page";
import { Tabs } from "../../components/Tabs";
import { DEFAULT_RANGE } from "../../time/range";
import { AlertList } from "./AlertList";
import { Notifications } from "./Notifications";
import { Policies } from "./Policies";
import { PolicyPage } from "./PolicyPage";
import { Silences } from "./Silences";
import style from "./Alerts.module.css";

const TABS = [
  { id: "alerts", name: "Alerts" },
  { id: "notifications", name: "Notifications" },
  { id: "policies", name: "Policies" },
  { id: "silences", name: "Silences" },
  { id: "channels", name: "Channels" },
] as const;

/** How often "5 min ago" is brought up to date, in milliseconds. */
const EVERY = 15_000;

/** Parts of the address that are of this page, each of which may be taken out of it. */
export type AlertsChange = { readonly [N in keyof AlertsSearch]?: AlertsSearch[N] | undefined };

export interface AlertsTabProps {
  readonly search: AlertsSearch;
  readonly onChange: (changed: AlertsChange) => void;
}

/** What is worth attention: alerts, who was told of them, and what decides about both. */
export function Alerts() {
  const search = useSearch({ from: "/alerts" });
  const navigate = useNavigate();
  useAutoRefresh(DEFAULT_RANGE, EVERY);
  const chosen = TABS.find((tab) => tab.id === search.tab)?.id ?? "alerts";
  const change = (changed: AlertsChange) =>
    void navigate({ to: "/alerts", search: (before) => ({ ...before, ...changed }) as AlertsSearch });
  const show = (tab: (typeof TABS)[number]["id"]) =>
    void navigate({
      to: "/alerts",
      search: ({ range, zone }) => ({ range, zone, ...(tab === "alerts" ? {} : { tab }) }) as AlertsSearch,
    });
  const props: AlertsTabProps = { search, onChange: change };
  return (
    <Page title="Alerts">
      <Tabs label="Alerts" tabs={TABS} chosen={chosen} onChoose={show} panel="alerts-panel" />
      <div id="alerts-panel" role="tabpanel" aria-label={chosen} className={style.panel}>
        {chosen === "alerts" && <AlertList {...props} />}
        {chosen === "notifications" && <Notifications {...props} />}
        {chosen === "policies" && (search.edit === undefined ? <Policies {...props} /> : <PolicyPage {...props} edit={search.edit} />)}
        {chosen === "silences" && <Silences />}
        {chosen === "channels" && <ChannelList />}
      </div>
    </Page>
  );
}
