import * as Popover from "@radix-ui/react-popover";
import { useAnswer } from "../../app/useAnswer";
import { Button } from "../../components/Button";
import { type FieldPath, FIELDS } from "../../data/fields";
import { fields } from "../../data/queries";
import { DEFAULT_COLUMNS } from "./columns";
import type { ExploreState } from "./useExplore";
import style from "./Menu.module.css";

/** Chooses which fields are columns. */
export function ColumnChooser({ explore }: { explore: ExploreState }) {
  return (
    <Popover.Root>
      <Popover.Trigger className={style.trigger}>Columns</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className={style.content} align="end" sideOffset={4} collisionPadding={8} aria-label="Columns">
          <Choices explore={explore} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Choices({ explore }: { explore: ExploreState }) {
  const known = useAnswer(fields(explore.scope));
  const attributes = known.data?.attributes.map((each) => each.name as FieldPath) ?? [];
  const offered = [...FIELDS.filter((field) => field !== "timestamp"), ...attributes];
  const chosen = explore.columns;
  const toggle = (field: FieldPath) => {
    const others = chosen.filter((each) => each !== field);
    // The message takes what room there is, so it stays last.
    const wanted = others.length < chosen.length ? others : [...chosen, field];
    explore.showColumns(wanted.toSorted((a, b) => Number(a === "message") - Number(b === "message")));
  };
  return (
    <>
      <ul className={style.choices}>
        {offered.map((field) => (
          <li key={field}>
            <label>
              <input type="checkbox" checked={chosen.includes(field)} onChange={() => toggle(field)} />
              {field}
            </label>
          </li>
        ))}
      </ul>
      <Button onClick={() => explore.showColumns(DEFAULT_COLUMNS)}>The usual ones</Button>
    </>
  );
}
