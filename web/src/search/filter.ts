/**
 * What a field must be, as the API writes it: one of some values, none of some, or any other
 * expression such as `>500`, which is kept as it stands.
 */
export type Filter =
  | { readonly kind: "in" | "notIn"; readonly values: readonly string[] }
  | { readonly kind: "other"; readonly text: string };

const PLAIN = /^[^",!*<>\\\s.]([^",*\\.]|\.(?!\.))*$/;

export function filterText(filter: Filter): string {
  if (filter.kind === "other") {
    return filter.text;
  }
  const values = filter.values.map(quoted).join(",");
  return filter.kind === "in" ? values : `!${values}`;
}

function quoted(value: string): string {
  return PLAIN.test(value) && !value.endsWith(" ")
    ? value
    : `"${value.replaceAll(/["\\]/g, (character) => `\\${character}`)}"`;
}

export function parseFilter(text: string): Filter {
  const other: Filter = { kind: "other", text };
  const negated = text.startsWith("!");
  const values: string[] = [];
  let rest = negated ? text.slice(1) : text;
  for (;;) {
    const match = /^\s*(?:"((?:[^"\\]|\\.)*)"|([^",]*))\s*(?:,|$)/.exec(rest);
    if (match === null) {
      return other;
    }
    const plain = match[2]?.trim();
    if (plain !== undefined && !PLAIN.test(plain)) {
      return other;
    }
    values.push(plain ?? (match[1] ?? "").replaceAll(/\\(.)/g, "$1"));
    rest = rest.slice(match[0].length);
    if (!match[0].endsWith(",")) {
      return { kind: negated ? "notIn" : "in", values };
    }
  }
}

/** Whether a value passes; undefined where that cannot be told from the text. */
export function allows(filter: Filter | undefined, value: string): boolean | undefined {
  if (filter === undefined) {
    return true;
  }
  return filter.kind === "other" ? undefined : filter.values.includes(value) === (filter.kind === "in");
}

/** The value and nothing else. */
export function only(value: string): Filter {
  return { kind: "in", values: [value] };
}

/** The text of a filter for exactly this value, or for none. */
export function exactly(value: string | null | undefined): string {
  return value === null || value === undefined ? "!*" : filterText(only(value));
}

/** The filter with one value more or less among those that are wanted; undefined for no filter. */
export function toggled(filter: Filter | undefined, value: string): Filter | undefined {
  if (filter?.kind === "in") {
    return changed("in", filter.values, value);
  }
  return filter?.kind === "notIn" && filter.values.includes(value)
    ? changed("notIn", filter.values, value)
    : only(value);
}

/** The filter with one value more among those that are not wanted. */
export function excluding(filter: Filter | undefined, value: string): Filter | undefined {
  if (filter?.kind === "in" && filter.values.length > 1 && filter.values.includes(value)) {
    return changed("in", filter.values, value);
  }
  return filter?.kind === "notIn"
    ? filter.values.includes(value)
      ? filter
      : { kind: "notIn", values: [...filter.values, value] }
    : { kind: "notIn", values: [value] };
}

function changed(kind: "in" | "notIn", values: readonly string[], value: string): Filter | undefined {
  const left = values.includes(value) ? values.filter((each) => each !== value) : [...values, value];
  return left.length === 0 ? undefined : { kind, values: left };
}

/** The filter in words: `is error or timeout`, `is not Slack`, `>500`. */
export function inWords(filter: Filter): string {
  return filter.kind === "other"
    ? filter.text
    : `${filter.kind === "in" ? "is" : "is not"} ${filter.values.map((value) => (value === "" ? "empty" : value)).join(" or ")}`;
}
