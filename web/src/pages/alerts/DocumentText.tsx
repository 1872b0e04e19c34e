import { useRef } from "react";
import { Button } from "../../components/Button";
import type { Place } from "./document";
import style from "./DocumentText.module.css";

interface DocumentTextProps {
  readonly text: string;
  readonly places: readonly Place[];
  readonly onChange: (text: string) => void;
}

/** A JSON document to write, with the lines in which something is wrong marked, and what it is. */
export function DocumentText({ text, places, onChange }: DocumentTextProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const lines = text.split("\n");
  const wrong = new Set(places.map((place) => place.line));
  const goTo = (line: number) => {
    const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
    area.current?.focus();
    area.current?.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  };
  return (
    <>
      <div className={style.editor}>
        <ol aria-hidden="true">
          {lines.map((_, place) => (
            // What they are is their place.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={place} className={wrong.has(place + 1) ? style.wrong : undefined}>
              {wrong.has(place + 1) ? "● " : ""}
              {place + 1}
            </li>
          ))}
        </ol>
        <textarea
          ref={area}
          value={text}
          rows={lines.length}
          wrap="off"
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          aria-label="Policy as JSON"
          aria-invalid={places.length > 0}
          aria-describedby="policy-places"
          onChange={(event) => onChange(event.target.value)}
        />
      </div>
      <ul id="policy-places" className={style.places} aria-live="polite">
        {places.map((place) => (
          <li key={`${place.pointer} ${place.detail}`}>
            <Button kind="quiet" onClick={() => goTo(place.line)}>
              line {place.line}
            </Button>
            {place.pointer !== "" && <code>{place.pointer}</code>}
            <span>{place.detail}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
