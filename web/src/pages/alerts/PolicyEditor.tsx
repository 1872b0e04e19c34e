import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useActor } from "../../app/actor";
import { notify } from "../../app/notice";
import type { View } from "../../app/view";
import { Button } from "../../components/Button";
import { TextInput } from "../../components/Input";
import { Panel } from "../../components/Panel";
import { QueryBox } from "../../components/query/QueryBox";
import { ALERTS_KEY, type PolicyDocument, putPolicy, removePolicy } from "../../data/alerts";
import { DocumentText } from "./DocumentText";
import { parsed, placesOf, withMatch } from "./document";
import { sentence, toldTo } from "./sentence";
import { Trial } from "./Trial";
import style from "./Alerts.module.css";

interface PolicyEditorProps {
  readonly document: PolicyDocument;
  readonly isNew: boolean;
  /** How far back it is tried, as the address says. */
  readonly tried: string | undefined;
  readonly view: View;
  readonly onTry: (since: string | undefined) => void;
  readonly onSaved: (policy: string) => void;
  readonly onRemoved: () => void;
}

/** A policy as a JSON document, what it means in words, and what it would have done. */
export function PolicyEditor({ document, isNew, tried, view, onTry, onSaved, onRemoved }: PolicyEditorProps) {
  const [text, setText] = useState(() => JSON.stringify(document, null, 2));
  // The box of the match, anew whenever its text comes from the document beside it.
  const [box, setBox] = useState({ q: matchText(document), number: 0 });
  const [actor, setActor] = useActor();
  // What is tried is the text as it was when somebody asked for it.
  const [draft, setDraft] = useState<PolicyDocument>(document);
  const [refused, setRefused] = useState<Error | null>(null);
  const queries = useQueryClient();
  const read = useMemo(() => parsed(text), [text]);
  const save = useMutation({
    mutationFn: (wanted: PolicyDocument) => putPolicy(wanted, actor.trim()),
    onSuccess: (made) => {
      notify(`${made.policy} is version ${made.version} now`);
      void queries.invalidateQueries({ queryKey: ALERTS_KEY });
      onSaved(made.policy);
    },
    onError: setRefused,
  });
  const change = (written: string) => {
    setText(written);
    setRefused(null);
  };
  const write = (written: string) => {
    change(written);
    const now = parsed(written).document;
    if (now !== undefined && (read.document === undefined || matchText(now) !== matchText(read.document))) {
      setBox({ q: matchText(now), number: box.number + 1 });
    }
  };
  const matching = (match: string) => {
    if (read.document !== undefined && match !== matchText(read.document)) {
      change(withMatch(text, read.document, match));
    }
  };
  const attempt = (since: string) => {
    if (read.document !== undefined) {
      setRefused(null);
      setDraft(read.document);
      onTry(since);
    }
  };
  const places = read.document === undefined ? [{ line: read.line, pointer: "", detail: read.error }] : placesOf(text, refused);
  const off = read.document?.enabled === false;
  return (
    <div className={style.halves}>
      <Panel title="Document" scope={differs(text, document) ? "changed, not saved" : undefined}>
        <div className={style.form}>
          {read.document !== undefined && (
            <QueryBox
              key={box.number}
              label="Events it is about"
              q={box.q}
              scope={{ filters: {}, bounds: view.bounds }}
              hint="All events; or some, such as engine:vault status:error"
              onAsk={matching}
              onWrite={matching}
            />
          )}
          <DocumentText text={text} places={places} onChange={write} />
          {refused !== null && places.length === 0 && (
            <p role="alert" className={style.refused}>
              {refused.message}
            </p>
          )}
          <TextInput label="Who you are" value={actor} onChange={(event) => setActor(event.target.value)} maxLength={256} autoComplete="name" />
          <div className={style.actions}>
            <Button
              kind="primary"
              disabled={read.document === undefined || actor.trim() === "" || save.isPending}
              onClick={() => read.document !== undefined && save.mutate(read.document)}
            >
              {isNew ? "Put it to work" : "Save as a new version"}
            </Button>
            {read.document !== undefined && (
              <Button onClick={() => change(JSON.stringify({ ...read.document, enabled: off }, null, 2))}>{off ? "Switch on" : "Switch off"}</Button>
            )}
            {!isNew && <Remove policy={document.policy} actor={actor.trim()} onRemoved={onRemoved} />}
            {actor.trim() === "" && <span className="muted">Say who you are to save it</span>}
          </div>
        </div>
      </Panel>
      <div className={style.stack}>
        <Panel title="In words" scope={off ? "switched off" : undefined}>
          <div className={style.words}>
            <p>{sentence(read.document ?? draft)}</p>
            <p className="muted">
              of <code>{matchOf(read.document ?? draft)}</code>; tells {toldTo(read.document ?? draft)}
            </p>
          </div>
        </Panel>
        <Trial document={draft} since={tried} view={view} disabled={read.document === undefined} onTry={attempt} onRefused={setRefused} />
      </div>
    </div>
  );
}

function differs(text: string, document: PolicyDocument): boolean {
  return text !== JSON.stringify(document, null, 2);
}

function matchText(document: PolicyDocument): string {
  return typeof document.match === "string" ? document.match : "";
}

function matchOf(document: PolicyDocument): string {
  return matchText(document) === "" ? "all events" : matchText(document);
}

/** Two steps: what is removed ends its alerts. */
function Remove({ policy, actor, onRemoved }: { policy: string; actor: string; onRemoved: () => void }) {
  const [sure, setSure] = useState(false);
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => removePolicy(policy, actor),
    onSuccess: () => {
      notify(`${policy} was removed`);
      void queries.invalidateQueries({ queryKey: ALERTS_KEY });
      onRemoved();
    },
  });
  if (!sure) {
    return (
      <Button kind="quiet" onClick={() => setSure(true)}>
        Remove…
      </Button>
    );
  }
  return (
    <>
      <Button disabled={remove.isPending || actor === ""} onClick={() => remove.mutate()}>
        Remove it, and end its alerts
      </Button>
      <Button kind="quiet" onClick={() => setSure(false)}>
        Keep it
      </Button>
      {remove.error !== null && (
        <span role="alert" className={style.refused}>
          {remove.error.message}
        </span>
      )}
    </>
  );
}
