const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** `76,941`. */
export function count(value: number): string {
  return whole.format(value);
}

/** `76.9k`: at most four characters, for where there is little room. */
export function shortCount(value: number): string {
  if (value < 1000) {
    return String(Math.round(value * 10) / 10);
  }
  const [scaled, unit] = value < 1e6 ? [value / 1e3, "k"] : value < 1e9 ? [value / 1e6, "M"] : [value / 1e9, "B"];
  return `${scaled < 10 ? scaled.toFixed(1) : Math.round(scaled)}${unit}`;
}

/** A share of 0 to 1 as per cent: `4.25 %`. */
export function percent(share: number | null | undefined): string {
  if (share === null || share === undefined) {
    return "–";
  }
  const value = share * 100;
  return `${value === 0 || value >= 10 ? value.toFixed(value % 1 === 0 ? 0 : 1) : value.toFixed(2)} %`;
}

/** Milliseconds with the unit that fits: `842 ms`, `4.23 s`, `3.1 min`. */
export function millis(value: number | null | undefined): string {
  if (value === null || value === undefined) {
    return "–";
  }
  if (value < 1000) {
    return `${value < 10 ? Math.round(value * 10) / 10 : Math.round(value)} ms`;
  }
  return value < 120_000 ? `${(value / 1000).toFixed(2)} s` : `${(value / 60_000).toFixed(1)} min`;
}

const BYTE_UNITS = ["KB", "MB", "GB", "TB"];

/** Bytes with the unit that fits, each 1,024 of the one before: `842 B`, `4.2 MB`. */
export function bytes(value: number): string {
  let scaled = value;
  let unit = "B";
  for (const next of BYTE_UNITS) {
    if (scaled < 1024) {
      break;
    }
    scaled /= 1024;
    unit = next;
  }
  return `${unit === "B" || scaled >= 100 ? Math.round(scaled) : scaled.toFixed(1)} ${unit}`;
}

/** By how much a figure has grown, 0.5 for half as much again: `+50 %`, `×3.2`. */
export function change(grown: number | null | undefined): string {
  if (grown === null || grown === undefined) {
    return "";
  }
  if (grown >= 1) {
    return `×${(grown + 1).toFixed(1)}`;
  }
  const value = Math.round(grown * 100);
  return value === 0 ? "±0 %" : `${value > 0 ? "+" : "−"}${Math.abs(value)} %`;
}
