import * as Popover from "@radix-ui/react-popover";
import { address } from "../../data/api";
import { parameters } from "../../data/queries";
import type { ExploreState } from "./useExplore";
import style from "./Menu.module.css";

const FORMATS = [
  ["ndjson", "NDJSON", "an event a line"],
  ["csv", "CSV", "a column a field"],
  ["parquet", "Parquet", "for DuckDB, Spark, pandas"],
] as const;

/** All events that match, as a file. */
export function ExportMenu({ explore }: { explore: ExploreState }) {
  return (
    <Popover.Root>
      <Popover.Trigger className={style.trigger}>Export</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className={style.content} align="end" sideOffset={4} collisionPadding={8} aria-label="Export">
          <p className="muted">All events that match, not only those that were loaded</p>
          <ul>
            {FORMATS.map(([format, name, what]) => (
              <li key={format}>
                <a href={address("/monitoring/logs/export", { query: { ...parameters(explore.scope), format } })} download>
                  {name} <span className="muted">{what}</span>
                </a>
              </li>
            ))}
          </ul>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
