import * as Popover from "@radix-ui/react-popover";
import { useAnswer } from "../../../app/useAnswer";
import { type FieldPath, FACETS } from "../../../data/fields";
import { fields as knownFields } from "../../../data/queries";
import menu from "../Menu.module.css";
import type { ExploreState } from "../useExplore";
import { MOST_FIELDS, toggledField } from "./grouping";

/** Chooses the fields that statistics are of. */
export function FieldChooser({ fields, explore }: { fields: readonly FieldPath[]; explore: ExploreState }) {
  return (
    <Popover.Root>
      <Popover.Trigger className={menu.trigger}>By {fields.map((field) => field.replace(/^attributes\./, "")).join(", ")} ▾</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className={menu.content} align="start" sideOffset={4} collisionPadding={8} aria-label="Fields of statistics">
          <Offered fields={fields} explore={explore} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Offered({ fields, explore }: { fields: readonly FieldPath[]; explore: ExploreState }) {
  const known = useAnswer(knownFields(explore.scope));
  const attributes = known.data?.attributes.map((each) => each.name as FieldPath) ?? [];
  const full = fields.length >= MOST_FIELDS;
  return (
    <>
      <p className="muted">One to {MOST_FIELDS} fields</p>
      <ul className={menu.choices}>
        {[...new Set([...fields, ...FACETS, ...attributes])].map((field) => {
          const chosen = fields.includes(field);
          return (
            <li key={field}>
              <label>
                <input
                  type="checkbox"
                  checked={chosen}
                  disabled={chosen ? fields.length === 1 : full}
                  onChange={() => explore.groupBy(toggledField(fields, field))}
                />
                {field}
              </label>
            </li>
          );
        })}
      </ul>
    </>
  );
}
