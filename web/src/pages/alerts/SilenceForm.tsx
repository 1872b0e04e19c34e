import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useActor } from "../../app/actor";
import { notify } from "../../app/notice";
import { moveNow } from "../../app/now";
import { useCarried, type View } from "../../app/view";
import { SeverityBadge } from "../../components/Badge";
import { Button } from "../../components/Button";
import { TextInput } from "../../components/Input";
import { count } from "../../components/numbers";
import { ALERTS_KEY, type LabelMatcher, makeSilence, silencePreview, type SilencePreview } from "../../data/alerts";
import { rangeLabel } from "../../time/format";
import { iso } from "../../time/range";
import { MatcherRows } from "./MatcherRows";
import { nextMorning } from "./silence";
import style from "./Alerts.module.css";

interface SilenceFormProps {
  readonly initial: readonly LabelMatcher[];
  readonly view: View;
  readonly onMade?: () => void;
}

/** Keeps alerts from being told for a while. What that means now is shown before it is done. */
export function SilenceForm({ initial, view, onMade }: SilenceFormProps) {
  const [matchers, setMatchers] = useState<readonly LabelMatcher[]>(initial);
  const [reason, setReason] = useState("");
  const [actor, setActor] = useActor();
  const queries = useQueryClient();
  const usable = matchers.filter((each) => each.label !== "");
  const preview = useQuery({ ...silencePreview(usable), enabled: usable.length > 0 });
  const make = useMutation({
    mutationFn: (until: { duration: string } | { to: string }) =>
      makeSilence({ matchers: [...usable], reason: reason.trim(), created_by: actor.trim(), ...until }),
    onSuccess: (made) => {
      moveNow();
      notify(`Silent: ${meant(made)}`);
      void queries.invalidateQueries({ queryKey: ALERTS_KEY });
      setReason("");
      onMade?.();
    },
  });
  const morning = nextMorning(view.now, view.zone);
  const missing = reason.trim() === "" || actor.trim() === "" || usable.length === 0;
  return (
    <div className={style.form}>
      <MatcherRows matchers={matchers} onChange={setMatchers} />
      <div className={style.preview} aria-live="polite">
        {usable.length === 0 ? (
          <span className="muted">At least one label is needed</span>
        ) : preview.error !== null ? (
          <span className={style.refused}>{preview.error.message}</span>
        ) : preview.data === undefined ? (
          <span className="muted">Looking which alerts that means…</span>
        ) : (
          <Meant preview={preview.data} />
        )}
      </div>
      <TextInput label="Reason" value={reason} onChange={(event) => setReason(event.target.value)} maxLength={1024} placeholder="Why nobody is to be told" required />
      <TextInput label="Who you are" value={actor} onChange={(event) => setActor(event.target.value)} maxLength={256} autoComplete="name" required />
      <div className={style.actions}>
        <Button disabled={missing || make.isPending} onClick={() => make.mutate({ duration: "1h" })}>
          Silence for 1 h
        </Button>
        <Button disabled={missing || make.isPending} onClick={() => make.mutate({ duration: "4h" })}>
          4 h
        </Button>
        <Button disabled={missing || make.isPending} onClick={() => make.mutate({ to: iso(morning) })}>
          Until {rangeLabel({ kind: "growing", from: morning }, view.zone).slice("Since ".length)}
        </Button>
        {missing && <span className="muted">A reason and a name are needed</span>}
      </div>
      {make.error !== null && (
        <p role="alert" className={style.refused}>
          {make.error.message}
        </p>
      )}
    </div>
  );
}

function meant(preview: SilencePreview): string {
  return preview.matching_alerts === 1 ? "1 alert now" : `${count(preview.matching_alerts)} alerts now`;
}

/** How many of the alerts are named. */
const NAMED = 5;

function Meant({ preview }: { preview: SilencePreview }) {
  const carried = useCarried();
  return (
    <>
      <b>Means {meant(preview)}</b>
      <ul>
        {preview.alerts.slice(0, NAMED).map((alert) => (
          <li key={alert.alert_id}>
            <SeverityBadge severity={alert.severity} />
            <Link to="/alerts/$alert" params={{ alert: alert.alert_id }} search={carried}>
              {alert.title}
            </Link>
          </li>
        ))}
      </ul>
      {preview.matching_alerts > NAMED && <span className="muted">and {count(preview.matching_alerts - NAMED)} more</span>}
    </>
  );
}
