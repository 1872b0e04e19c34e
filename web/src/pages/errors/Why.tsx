import { useState } from "react";
import { useAnswer } from "../../app/useAnswer";
import { Button } from "../../components/Button";
import { Panel } from "../../components/Panel";
import type { Schemas } from "../../data/api";
import { errorExplanation } from "../../data/queries";
import style from "./Errors.module.css";

type Explanation = Schemas["ErrorExplanation"];

/** Why the newest example is in the group; nothing where no example is stored any more. */
export function Why({ group }: { group: string }) {
  const found = useAnswer(errorExplanation(group));
  const why = found.data;
  if (why === undefined) {
    return null;
  }
  return (
    <Panel title="Why in this group" scope={`version ${why.algorithm_version} of the grouping`}>
      <div className={style.why}>
        <p>
          By {why.reason}
          {why.grouping_rule !== undefined && <code> {why.grouping_rule}</code>}: {why.membership.reason}.
        </p>
        {numbered(why.exceptions).map(({ number, item }) => (
          <Frames key={number} exception={item} />
        ))}
        {why.exceptions.length === 0 && <Parts parts={why.parts} />}
        {why.message !== undefined && why.message.values.length > 0 && <Values message={why.message} />}
      </div>
    </Panel>
  );
}

/** Things that may be the same, and stay in their order. */
function numbered<T>(items: readonly T[]): { number: number; item: T }[] {
  return items.map((item, number) => ({ number, item }));
}

function Parts({ parts }: { parts: readonly string[] }) {
  return (
    <ul>
      {numbered(parts).map(({ number, item }) => (
        <li key={number}>
          <code>{item === "" ? "(nothing)" : item}</code>
        </li>
      ))}
    </ul>
  );
}

/** Those that count; the others, with the reason, where they are asked for. */
function Frames({ exception }: { exception: Explanation["exceptions"][number] }) {
  const [all, setAll] = useState(false);
  const frames = all ? exception.frames : exception.frames.filter((frame) => frame.counts);
  return (
    <>
      <h3>
        {exception.type === "" ? "Stack trace" : exception.type}
        <Button kind="quiet" pressed={all} onClick={() => setAll(!all)}>
          All frames
        </Button>
      </h3>
      <ul>
        {numbered(frames).map(({ number, item: frame }) => (
          <li key={number} className={frame.counts ? undefined : "muted"}>
            <code>{frame.name}</code>
            <span className="muted">{frame.pattern === undefined ? frame.reason : `${frame.reason} (${frame.pattern})`}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Values({ message }: { message: NonNullable<Explanation["message"]> }) {
  return (
    <>
      <h3>Not told apart by</h3>
      <ul>
        {message.values.map((value) => (
          <li key={value.from}>
            <code>{value.value}</code>
            <span className="muted">{value.rule === "varies" ? "a word that varies" : value.placeholder}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
