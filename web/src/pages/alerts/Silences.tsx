import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { notify } from "../../app/notice";
import { moveNow } from "../../app/now";
import { useAnswer } from "../../app/useAnswer";
import { useView, type View } from "../../app/view";
import { Badge } from "../../components/Badge";
import { Button } from "../../components/Button";
import { ErrorState, Skeleton } from "../../components/EmptyState";
import { Note, Panel } from "../../components/Panel";
import { Table, type TableColumn } from "../../components/Table";
import { ALERTS_EVERY, ALERTS_KEY, endSilence, type LabelMatcher, type Silence, silences } from "../../data/alerts";
import { dateTime } from "../../time/format";
import { matchersText, silenceState } from "./silence";
import { SilenceForm } from "./SilenceForm";
import style from "./Alerts.module.css";

const TONES = { active: "medium", pending: "info", over: "neutral" } as const;
const ORDER = ["active", "pending", "over"];

const FIRST: readonly LabelMatcher[] = [{ label: "project_id", op: "=", value: "" }];

/** What nobody is told of for a while, and why. */
export function Silences() {
  const view = useView();
  const queries = useQueryClient();
  // Every silence that was made leaves the form as it was at first.
  const [made, setMade] = useState(0);
  const found = useAnswer({ ...silences(), refetchInterval: ALERTS_EVERY });
  const end = useMutation({
    mutationFn: endSilence,
    onSuccess: () => {
      moveNow();
      notify("The silence is over");
      void queries.invalidateQueries({ queryKey: ALERTS_KEY });
    },
  });
  const rows = (found.data ?? []).toSorted(
    (a, b) => place(a, view.now) - place(b, view.now) || Date.parse(b.to) - Date.parse(a.to),
  );
  return (
    <div className={style.columns}>
      <Panel title="Silences" scope="those that are over included">
        {end.error !== null && (
          <p role="alert" className={style.refused}>
            {end.error.message}
          </p>
        )}
        {found.error !== null ? (
          <ErrorState error={found.error} onRetry={() => void found.refetch()} />
        ) : found.data === undefined ? (
          <Skeleton rows={6} />
        ) : rows.length === 0 ? (
          <Note>There has been none</Note>
        ) : (
          <Table
            label="Silences"
            columns={columnsOf(view, end.isPending, (id) => end.mutate(id))}
            rows={rows}
            keyOf={(silence) => silence.silence_id}
          />
        )}
      </Panel>
      <Panel title="New silence">
        <SilenceForm key={made} initial={FIRST} view={view} onMade={() => setMade(made + 1)} />
      </Panel>
    </div>
  );
}

function place(silence: Silence, now: number): number {
  return ORDER.indexOf(silenceState(silence, now));
}

function columnsOf(view: View, busy: boolean, onEnd: (id: string) => void): TableColumn<Silence>[] {
  const at = (time: string) => dateTime(Date.parse(time), view.zone, false);
  return [
    {
      id: "state",
      name: "State",
      show: (silence) => <Badge tone={TONES[silenceState(silence, view.now)]}>{silenceState(silence, view.now)}</Badge>,
    },
    {
      id: "matchers",
      name: "Alerts",
      show: (silence) => (
        <div className={style.name}>
          <code>{matchersText(silence.matchers)}</code>
          <span>{silence.reason}</span>
        </div>
      ),
    },
    { id: "by", name: "By", show: (silence) => silence.created_by },
    { id: "from", name: "From", numeric: true, show: (silence) => at(silence.from) },
    { id: "to", name: "To", numeric: true, show: (silence) => at(silence.to) },
    {
      id: "end",
      name: "Action",
      show: (silence) =>
        silenceState(silence, view.now) !== "over" && (
          <Button disabled={busy} onClick={() => onEnd(silence.silence_id)}>
            End now
          </Button>
        ),
    },
  ];
}
