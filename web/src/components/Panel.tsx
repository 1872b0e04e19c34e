import type { ReactNode } from "react";
import { Button } from "./Button";
import style from "./Panel.module.css";

/** Keeps the room of what is still to come, so that nothing below it jumps. */
export function Room({ height }: { height: number }) {
  return <div className={style.room} style={{ height }} aria-busy="true" />;
}

/** A line in a panel, such as that there is nothing to show. */
export function Note({ children }: { children: ReactNode }) {
  return <p className={style.note}>{children}</p>;
}

/** Where something else belongs that could not be had: why, and another try. */
export function Refused({ error, onRetry }: { error: Error; onRetry: () => void }) {
  return (
    <div className={style.refused} role="alert">
      <span>{error.message}</span>
      <Button onClick={onRetry}>Try again</Button>
    </div>
  );
}

/** A titled part of a page. */
export function Panel({ title, scope, actions, children }: { title: string; scope?: ReactNode; actions?: ReactNode; children: ReactNode }) {
  return (
    <section className={style.panel} aria-label={title}>
      <header className={style.header}>
        <h2>{title}</h2>
        {scope !== undefined && <span className={style.scope}>{scope}</span>}
        <span className={style.actions}>{actions}</span>
      </header>
      {children}
    </section>
  );
}
