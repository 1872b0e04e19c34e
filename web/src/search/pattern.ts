/** Where words vary in a pattern, such as `<num>` and `<*>`. */
export const PLACEHOLDER = /<(?:[a-z]+|\*)>/g;

/** Of a longer pattern, its beginning tells its messages from others; an address has only so much room. */
const LONGEST = 400;

/** What a query language's regular expression gives a meaning to, and the slash that ends it. */
const SPECIAL = /[\\^$.|?*+()[\]{}/]/g;

/** The clause that messages of a pattern match. Some others may match it too: what varies may be anything. */
export function patternClause(pattern: string): string {
  const cut = pattern.length > LONGEST;
  const texts = pattern.slice(0, LONGEST).split(PLACEHOLDER);
  // A placeholder that was cut off is none.
  const known = cut ? [...texts.slice(0, -1), (texts.at(-1) ?? "").replace(/<[a-z*]*$/, "")] : texts;
  const regex = known.map((text) => text.replaceAll(SPECIAL, String.raw`\$&`)).join(".*");
  return `message:/(?s)^${regex}${cut ? "" : "$"}/`;
}

/** An expression that wants a clause besides. */
export function narrowed(q: string | undefined, clause: string): string {
  const had = q?.trim() ?? "";
  return had === "" || had === clause ? clause : `${/\bOR\b/.test(had) ? `(${had})` : had} AND ${clause}`;
}
