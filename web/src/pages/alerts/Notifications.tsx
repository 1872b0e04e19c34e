import { useAnswer } from "../../app/useAnswer";
import { useView } from "../../app/view";
import { Choices, orAll } from "../../components/Choices";
import { EmptyState, ErrorState, Skeleton } from "../../components/EmptyState";
import { Select } from "../../components/Input";
import { ALERTS_EVERY, channels, MOST_NOTIFICATIONS, notifications } from "../../data/alerts";
import type { AlertsTabProps } from "./Alerts";
import { NotificationList } from "./NotificationList";
import style from "./Alerts.module.css";

const STATES = ["queued", "delivered", "failed"] as const;

/** Everything that anybody was told, the newest first. */
export function Notifications({ search, onChange }: AlertsTabProps) {
  const view = useView();
  const known = useAnswer(channels());
  const found = useAnswer({ ...notifications({ channel: search.channel, state: search.state }), refetchInterval: ALERTS_EVERY });
  return (
    <>
      <div className={style.filters}>
        <Choices label="State" choices={orAll(STATES)} chosen={search.state} onChoose={(state) => onChange({ state })} />
        <Select
          label="Channel"
          value={search.channel ?? ""}
          options={known.data?.map((each) => each.channel) ?? []}
          none="Any channel"
          onChoose={(channel) => onChange({ channel })}
        />
        <span className="muted">The newest {MOST_NOTIFICATIONS} at most. Why nobody was told of an alert is on its own page.</span>
      </div>
      {found.error !== null ? (
        <ErrorState error={found.error} onRetry={() => void found.refetch()} />
      ) : found.data === undefined ? (
        <Skeleton rows={12} />
      ) : found.data.length === 0 ? (
        <EmptyState title={search.state === undefined && search.channel === undefined ? "Nobody was told of anything yet" : "No notification is like that"} />
      ) : (
        <div className={found.isPlaceholderData ? `${style.list} ${style.stale}` : style.list} aria-busy={found.isPlaceholderData}>
          <NotificationList notifications={found.data} view={view} />
        </div>
      )}
    </>
  );
}
