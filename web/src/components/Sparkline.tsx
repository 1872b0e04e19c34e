import style from "./Sparkline.module.css";

/** How something developed, in the height of a line of text. */
export function Sparkline({ values, label, tone = "high" }: { values: readonly number[]; label: string; tone?: "high" | "info" }) {
  const largest = Math.max(1, ...values);
  const width = 100 / Math.max(1, values.length);
  return (
    <svg className={`${style.sparkline} ${style[tone]}`} viewBox="0 0 100 20" preserveAspectRatio="none" role="img" aria-label={label}>
      {values.map((value, place) => {
        const height = value === 0 ? 0.6 : Math.max(1.5, (value / largest) * 20);
        return (
          // A bar is its place in time.
          // oxlint-disable-next-line react/no-array-index-key
          <rect key={place} x={place * width} y={20 - height} width={Math.max(0.4, width - 0.4)} height={height} />
        );
      })}
    </svg>
  );
}
