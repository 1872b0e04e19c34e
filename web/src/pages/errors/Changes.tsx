import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { View } from "../../app/view";
import { Button } from "../../components/Button";
import { Panel } from "../../components/Panel";
import { changeError, type Schemas } from "../../data/api";
import { errorGroup } from "../../data/queries";
import { dateTime } from "../../time/format";
import style from "./Errors.module.css";

type Details = Schemas["ErrorDetails"];
type Change = Schemas["ErrorChange"];

/** What can be done about a group, and what has been. */
export function Changes({ group, view }: { group: Details; view: View }) {
  const [comment, setComment] = useState("");
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: (wanted: Change) => changeError(group.group_id, { ...wanted, ...(comment === "" ? {} : { comment }) }),
    onSuccess: (changed) => {
      queries.setQueryData(errorGroup(group.group_id).queryKey, changed);
      void queries.invalidateQueries({ queryKey: ["errors"] });
      setComment("");
    },
  });
  const closed = group.state === "resolved" || group.state === "archived";
  const last = group.changes.findLast((each) => each.undone_by === undefined && each.change !== "undo");
  return (
    <Panel title="Changes">
      <div className={style.changes}>
        <input
          value={comment}
          onChange={(event) => setComment(event.target.value)}
          placeholder="A comment, if you like"
          aria-label="Comment"
        />
        <div className={style.actions}>
          {closed ? (
            <Button kind="primary" disabled={change.isPending} onClick={() => change.mutate({ change: "reopen" })}>
              Reopen
            </Button>
          ) : (
            <>
              <Button kind="primary" disabled={change.isPending} onClick={() => change.mutate({ change: "resolve" })}>
                Resolve
              </Button>
              <Button disabled={change.isPending} onClick={() => change.mutate({ change: "archive", until: "escalates" })}>
                Archive until it escalates
              </Button>
            </>
          )}
          <Button disabled={change.isPending || comment === ""} onClick={() => change.mutate({ change: "comment" })}>
            Comment
          </Button>
          {last !== undefined && (
            <Button kind="quiet" disabled={change.isPending} onClick={() => change.mutate({ change: "undo", change_id: last.change_id })}>
              Undo {last.change}
            </Button>
          )}
        </div>
        {change.error !== null && (
          <p role="alert" className={style.refused}>
            {change.error.message}
          </p>
        )}
        <ol>
          {group.changes.toReversed().map((each) => (
            <li key={each.change_id} className={each.undone_by === undefined ? undefined : style.undone}>
              <b>{each.change}</b> {each.actor} {each.comment !== undefined && <q>{each.comment}</q>}
              <time className="muted" dateTime={each.time}>
                {dateTime(Date.parse(each.time), view.zone, false)}
              </time>
            </li>
          ))}
          {group.changes.length === 0 && <li className="muted">Nothing was done about it yet</li>}
        </ol>
      </div>
    </Panel>
  );
}
