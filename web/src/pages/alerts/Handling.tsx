import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useActor } from "../../app/actor";
import { notify } from "../../app/notice";
import type { View } from "../../app/view";
import { Button } from "../../components/Button";
import { TextInput } from "../../components/Input";
import { Panel } from "../../components/Panel";
import { type Alert, ALERTS_KEY, changeAlert, explainedAlert } from "../../data/alerts";
import { dateTime } from "../../time/format";
import style from "./Alerts.module.css";

/** Somebody looks after an alert, or ends it, in their own name. */
export function Handling({ alert, view }: { alert: Alert; view: View }) {
  const [actor, setActor] = useActor();
  const [comment, setComment] = useState("");
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: (wanted: "acknowledge" | "resolve") =>
      changeAlert(alert.alert_id, wanted, { actor, ...(comment === "" ? {} : { comment }) }),
    onSuccess: (changed, wanted) => {
      queries.setQueryData(explainedAlert(alert.alert_id).queryKey, (before) => before && { ...before, alert: changed });
      void queries.invalidateQueries({ queryKey: ALERTS_KEY });
      setComment("");
      notify(wanted === "acknowledge" ? "Acknowledged: it is neither repeated nor escalated" : "Resolved");
    },
  });
  const over = alert.state === "resolved";
  const unnamed = actor.trim() === "";
  return (
    <Panel title="Looked after" scope={over ? "it is over" : undefined}>
      <div className={style.form}>
        <ul className={style.handled}>
          {alert.acknowledged_at !== null && (
            <li>
              <b>acknowledged</b> by {alert.acknowledged_by} <When time={alert.acknowledged_at} zone={view.zone} />
            </li>
          )}
          {alert.resolved_at !== null && (
            <li>
              <b>resolved</b> {alert.resolved_by === null ? "by itself" : `by ${alert.resolved_by}`} <When time={alert.resolved_at} zone={view.zone} />
            </li>
          )}
          {alert.comment !== null && (
            <li>
              <q>{alert.comment}</q>
            </li>
          )}
          {alert.acknowledged_at === null && !over && <li className="muted">Nobody looks after it yet</li>}
        </ul>
        {!over && (
          <>
            <TextInput label="Who you are" value={actor} onChange={(event) => setActor(event.target.value)} maxLength={1024} autoComplete="name" />
            <TextInput label="Comment" value={comment} onChange={(event) => setComment(event.target.value)} maxLength={1024} placeholder="If you like" />
            <div className={style.actions}>
              {alert.state !== "acknowledged" && (
                <Button kind="primary" disabled={unnamed || change.isPending} onClick={() => change.mutate("acknowledge")}>
                  Acknowledge
                </Button>
              )}
              <Button disabled={unnamed || change.isPending} onClick={() => change.mutate("resolve")}>
                Resolve
              </Button>
              {unnamed && <span className="muted">Say who you are first; it is remembered here</span>}
            </div>
          </>
        )}
        {change.error !== null && (
          <p role="alert" className={style.refused}>
            {change.error.message}
          </p>
        )}
      </div>
    </Panel>
  );
}

function When({ time, zone }: { time: string; zone: string }) {
  return (
    <time className="muted" dateTime={time}>
      {dateTime(Date.parse(time), zone, false)}
    </time>
  );
}
