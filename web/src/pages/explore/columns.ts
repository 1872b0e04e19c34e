import { type FieldPath, isFieldPath } from "../../data/fields";

export const DEFAULT_COLUMNS: readonly FieldPath[] = ["severity", "engine", "platform", "action", "status", "message"];

/** Those for which a narrow screen has room. */
export const NARROW_COLUMNS: readonly FieldPath[] = ["severity", "message"];

/** How wide the columns are that need little or much room. */
const WIDTHS: { readonly [F in FieldPath]?: string } = {
  severity: "76px",
  status: "70px",
  engine: "112px",
  platform: "96px",
  action: "124px",
  project_id: "84px",
  duration_ms: "84px",
  retries: "60px",
  message: "minmax(170px, 1fr)",
  stack_trace: "minmax(260px, 1fr)",
  trace_id: "240px",
  event_id: "270px",
  received_at: "190px",
};

/** The columns that an address names; the usual ones where it names none. */
export function columnsOf(text: string | undefined, narrow: boolean): readonly FieldPath[] {
  const named = (text ?? "").split(",").filter((name) => isFieldPath(name));
  return named.length > 0 ? named : narrow ? NARROW_COLUMNS : DEFAULT_COLUMNS;
}

/** The columns as an address names them; undefined for the usual ones. */
export function columnsText(columns: readonly FieldPath[]): string | undefined {
  const text = columns.join(",");
  return text === DEFAULT_COLUMNS.join(",") || text === "" ? undefined : text;
}

/** The columns' widths, with the time first, as CSS grids take them. */
export function template(columns: readonly FieldPath[], withDay: boolean): string {
  const widths = columns.map((column) => WIDTHS[column] ?? "132px");
  const flexible = widths.some((width) => width.startsWith("minmax"));
  return [withDay ? "150px" : "98px", ...widths, ...(flexible ? [] : ["1fr"])].join(" ");
}
