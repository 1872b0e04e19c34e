import { useQueryClient } from "@tanstack/react-query";
import { useAnswer, useAnswers } from "../../app/useAnswer";
import type { View } from "../../app/view";
import { Badge } from "../../components/Badge";
import { Button } from "../../components/Button";
import { Panel } from "../../components/Panel";
import { address } from "../../data/api";
import { auditVerification, checkpointPages } from "../../data/audit";
import { NotEnabled, isNotEnabled } from "./NotEnabled";
import { verdict } from "./verdict";
import style from "./Audit.module.css";

/** Verifies everything when somebody asks for it, and hands out what it takes to do so elsewhere. */
export function Proof({ view }: { view: View }) {
  const queries = useQueryClient();
  const signed = useAnswers(checkpointPages());
  const found = useAnswer(auditVerification());
  if (isNotEnabled(signed.error) || isNotEnabled(found.error)) {
    return <NotEnabled />;
  }
  const answer = found.data === undefined ? undefined : verdict(found.data, view.zone);
  const last = signed.data?.pages[0]?.checkpoints[0];
  const verify = async () => {
    await found.refetch();
    // It signs what is new.
    await queries.invalidateQueries({ queryKey: checkpointPages().queryKey });
  };
  return (
    <Panel
      title="Proof"
      scope="of all events that are stored, whatever range is shown"
      actions={
        <>
          <a href={address("/monitoring/audit/bundle")} download className={style.time}>
            Bundle
          </a>
          <a href={address("/monitoring/audit/key")} download="audit.pem" className={style.time}>
            Public key
          </a>
        </>
      }
    >
      <div className={style.proof}>
        {found.isFetching ? (
          <Button onClick={() => void queries.cancelQueries({ queryKey: auditVerification().queryKey })}>Stop</Button>
        ) : (
          <Button kind="primary" onClick={() => void verify()}>
            Verify
          </Button>
        )}
        <div role="status" className={style.answer}>
          {found.isFetching ? (
            <p className="muted">Computing everything again from the stored events; some millions take a minute</p>
          ) : found.error !== null ? (
            <p className={style.refused}>{found.error.message}</p>
          ) : answer === undefined ? (
            <p className="muted">
              {last === undefined
                ? "Nothing was verified in this tab yet"
                : `Not verified in this tab yet; the last of the signed checkpoints is number ${last.number}`}
            </p>
          ) : (
            <>
              <p className={style.verdict}>
                <Badge tone={answer.tone}>{answer.tone === "good" ? "✓ holds" : answer.tone === "bad" ? "✕ broken" : "not covered"}</Badge>
                <b>{answer.title}</b>
              </p>
              <ul className="muted">
                {answer.notes.map((note) => (
                  <li key={note}>{note}</li>
                ))}
                {found.data !== undefined && (
                  <li>
                    Key <code>{found.data.key}</code>
                  </li>
                )}
              </ul>
            </>
          )}
        </div>
      </div>
    </Panel>
  );
}
