import type { ReactNode } from "react";
import { ProblemError } from "../data/api";
import { Button } from "./Button";
import style from "./EmptyState.module.css";

interface EmptyStateProps {
  readonly title: string;
  readonly children?: ReactNode;
  /** 1 where the page has no other title. */
  readonly level?: 1 | 2;
}

/** Where there is nothing to show: why, and what to do about it. */
export function EmptyState({ title, children, level = 2 }: EmptyStateProps) {
  const Title = `h${level}` as const;
  return (
    <section className={style.empty}>
      <Title>{title}</Title>
      {children}
    </section>
  );
}

/** What went wrong, in the server's own words, and another try. */
export function ErrorState({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const problem = error instanceof ProblemError ? error.problem : undefined;
  return (
    <section className={style.empty} role="alert">
      <h2>{problem?.title ?? error.message}</h2>
      {problem?.errors === undefined && (
        <p>{problem?.detail ?? "It may have stopped, or the network is away. What is here comes from before."}</p>
      )}
      {problem?.errors !== undefined && (
        <ul>
          {problem.errors.map((each) => (
            <li key={`${each.pointer} ${each.detail}`}>
              <code>{each.pointer}</code> {each.detail}
            </li>
          ))}
        </ul>
      )}
      <Button onClick={onRetry}>Try again</Button>
    </section>
  );
}

/** Stands for what is still to come; only shown when that takes a moment. */
export function Skeleton({ rows = 8 }: { rows?: number }) {
  return (
    <div className={style.skeleton} aria-busy="true" aria-label="Loading" role="img">
      {Array.from({ length: rows }, (_, row) => (
        // What they are is their place.
        // oxlint-disable-next-line react/no-array-index-key
        <span key={row} style={{ width: `${88 - ((row * 37) % 46)}%` }} />
      ))}
    </div>
  );
}
