/** Durations in milliseconds, from the first to below the other. */
export interface DurationPart {
  readonly low: number;
  readonly high: number;
}

/** As an address has them: `100..141.4`. */
export function durationsText(low: number, high: number): string {
  return `${low}..${high}`;
}

/** What an address says; undefined where that is nothing that could be meant. */
export function durationsOf(text: string | undefined): DurationPart | undefined {
  const [, low, high] = /^(\d+(?:\.\d+)?)\.\.(\d+(?:\.\d+)?)$/.exec(text ?? "") ?? [];
  return low !== undefined && high !== undefined && Number(low) < Number(high) ? { low: Number(low), high: Number(high) } : undefined;
}

/** The same in the query language. */
export function durationsQuery({ low, high }: DurationPart): string {
  return `duration_ms:[${low} TO ${high}}`;
}
