import { Choices } from "../../components/Choices";
import { Note, Panel } from "../../components/Panel";
import { Table, type TableColumn } from "../../components/Table";
import type { SettingInForce } from "../../data/setup";
import style from "./Settings.module.css";

const SHOWN = [
  { id: undefined, name: "All" },
  { id: "given", name: "Given here" },
];

interface SettingTableProps {
  readonly settings: readonly SettingInForce[];
  /** `given` for those that somebody has set. */
  readonly shown: string | undefined;
  readonly onShow: (shown: string | undefined) => void;
}

/** Every setting, and who says so. */
export function SettingTable({ settings, shown, onShow }: SettingTableProps) {
  const rows = shown === "given" ? settings.filter((each) => each.source !== "default") : settings;
  return (
    <Panel title="All settings" scope="as of the start" actions={<Choices label="Which" choices={SHOWN} chosen={shown} onChoose={onShow} />}>
      {rows.length === 0 ? <Note>Everything is at its default</Note> : <Table label="All settings" columns={COLUMNS} rows={rows} keyOf={(row) => row.name} />}
    </Panel>
  );
}

const COLUMNS: TableColumn<SettingInForce>[] = [
  { id: "name", name: "Setting", show: (row) => <code>{row.name}</code> },
  { id: "value", name: "Value", show: (row) => <Value row={row} /> },
  {
    id: "source",
    name: "From",
    show: (row) =>
      row.source === "default" ? (
        <span className="muted">default</span>
      ) : (
        <span className={style.origin}>
          {row.source} <code>{row.origin}</code>
        </span>
      ),
  },
  { id: "description", name: "What it does", show: (row) => <p className={style.description}>{row.description}</p> },
];

function Value({ row }: { row: SettingInForce }) {
  if (row.value === undefined) {
    return <span className="muted">not shown</span>;
  }
  return row.value === "" ? <span className="muted">none</span> : <code className={style.value}>{row.value}</code>;
}
