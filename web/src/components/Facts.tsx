import type { ReactNode } from "react";
import style from "./Facts.module.css";

export type Fact = readonly [name: string, value: ReactNode];

/** What there is to know of one thing, each under its name. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={style.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
