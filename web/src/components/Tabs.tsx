import { useEffect, useRef } from "react";
import style from "./Tabs.module.css";

interface TabsProps<T extends string> {
  readonly label: string;
  readonly tabs: readonly { readonly id: T; readonly name: string }[];
  readonly chosen: T;
  readonly onChoose: (tab: T) => void;
  /** The id of the element that shows what was chosen. */
  readonly panel: string;
}

/** Tabs of one thing; the arrow keys lead from one to the next. */
export function Tabs<T extends string>({ label, tabs, chosen, onChoose, panel }: TabsProps<T>) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // On a phone, not all of them are in sight. Where scrollIntoView leads to, Tab would go on from.
    const all = list.current;
    const tab = all?.querySelector(`[data-tab="${chosen}"]`)?.getBoundingClientRect();
    if (all !== null && tab !== undefined) {
      const { left, right } = all.getBoundingClientRect();
      all.scrollLeft += Math.max(0, tab.right - right) - Math.max(0, left - tab.left);
    }
  }, [chosen]);
  const move = (step: number) => {
    const place = tabs.findIndex((tab) => tab.id === chosen);
    const next = tabs[(place + step + tabs.length) % tabs.length];
    if (next !== undefined) {
      onChoose(next.id);
      list.current?.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus();
    }
  };
  return (
    <div ref={list} role="tablist" aria-label={label} className={style.tabs}>
      {tabs.map((tab) => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          data-tab={tab.id}
          aria-selected={tab.id === chosen}
          aria-controls={panel}
          tabIndex={tab.id === chosen ? 0 : -1}
          onClick={() => onChoose(tab.id)}
          onKeyDown={(event) => {
            if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
              move(event.key === "ArrowRight" ? 1 : -1);
            }
          }}
        >
          {tab.name}
        </button>
      ))}
    </div>
  );
}
