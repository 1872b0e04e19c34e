import { useNavigate, useSearch } from "@tanstack/react-router";
import type { SettingsSearch } from "../../app/router";
import { useAnswer } from "../../app/useAnswer";
import { useView, type View } from "../../app/view";
import { ChannelList } from "../../components/ChannelList";
import { ErrorState, Skeleton } from "../../components/EmptyState";
import { Facts } from "../../components/Facts";
import { Page } from "../../components/Page";
import { Note, Panel } from "../../components/Panel";
import { setup, type Setup } from "../../data/setup";
import { ago, dateTime } from "../../time/format";
import { Kept } from "./Kept";
import { Masking } from "./Masking";
import { SettingTable } from "./SettingTable";
import style from "./Settings.module.css";

/** How this server is set up, what it keeps, and whom it can tell. */
export function Settings() {
  const search = useSearch({ from: "/settings" });
  const navigate = useNavigate();
  const view = useView();
  const found = useAnswer(setup());
  const change = (changed: { readonly [N in keyof SettingsSearch]?: SettingsSearch[N] | undefined }) =>
    void navigate({ to: "/settings", search: (before) => ({ ...before, ...changed }) as SettingsSearch });
  return (
    <Page title="Settings">
      <div className={style.columns}>
        <div className={style.stack}>
          {found.error !== null ? (
            <ErrorState error={found.error} onRetry={() => void found.refetch()} />
          ) : found.data === undefined ? (
            <Skeleton rows={6} />
          ) : (
            <>
              <Server setup={found.data} view={view} />
              <Masking masking={found.data.masking} />
            </>
          )}
          <ChannelList />
        </div>
        <Kept all={search.days === "all"} onAll={(all) => change({ days: all ? "all" : undefined })} />
      </div>
      {found.data !== undefined && (
        <SettingTable settings={found.data.settings} shown={search.show} onShow={(show) => change({ show })} />
      )}
    </Page>
  );
}

function Server({ setup: { version, java, started_at: startedAt }, view }: { setup: Setup; view: View }) {
  const started = Date.parse(startedAt);
  return (
    <Panel title="This server">
      <div className={style.inset}>
        <Facts
          facts={[
            ["Version", version],
            ["Java", java],
            ["Started", `${dateTime(started, view.zone, false)}, ${ago(started, view.now)}`],
          ]}
        />
      </div>
      <Note>
        Nothing is changed here. A file, variables and flags say how Blackbox works, and are read when it starts; below, each
        setting says which of them it has its value from.
      </Note>
    </Panel>
  );
}
