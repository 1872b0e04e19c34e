import type { UseQueryResult } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useCarried, type View } from "../app/view";
import { ProblemError } from "../data/api";
import { EmptyState, ErrorState, Skeleton } from "./EmptyState";
import { TimePicker } from "./TimePicker";
import style from "./Page.module.css";

interface PageProps {
  readonly title: string;
  /** Which time it shows, where that can be chosen. */
  readonly view?: View;
  /** What stands between the title and the time. */
  readonly choices?: ReactNode;
  readonly children: ReactNode;
}

/** A page that scrolls as one: its title, what can be chosen, and its parts below each other. */
export function Page({ title, view, choices, children }: PageProps) {
  return (
    <PageBody>
      <PageHeader title={title}>
        {choices}
        {view !== undefined && (
          <div className={style.time}>
            <TimePicker view={view} />
          </div>
        )}
      </PageHeader>
      {children}
    </PageBody>
  );
}

/** The parts of a page below each other. */
export function PageBody({ children }: { children: ReactNode }) {
  return <div className={style.page}>{children}</div>;
}

export function PageHeader({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <header className={style.header}>
      <h1>{title}</h1>
      {children}
    </header>
  );
}

interface DetailPageProps<T> {
  /** The page that has this thing among others. */
  readonly parent: { readonly to: "/deployments" | "/replay"; readonly name: string; readonly all: string };
  /** What it is called as long as no more than its address is known. */
  readonly title: string;
  /** What is said where there is no such thing. */
  readonly missing: string;
  readonly found: UseQueryResult<T>;
  readonly children: (thing: T) => ReactNode;
}

/** A page about one thing, under the name of those that it is one of; `children` have its title. */
export function DetailPage<T>({ parent, title, missing, found, children }: DetailPageProps<T>) {
  const carried = useCarried();
  if (isMissing(found.error)) {
    return (
      <EmptyState title={missing} level={1}>
        <Link to={parent.to} search={carried}>
          {parent.all}
        </Link>
      </EmptyState>
    );
  }
  return (
    <PageBody>
      <nav aria-label="Where this is">
        <Link to={parent.to} search={carried}>
          {parent.name}
        </Link>
      </nav>
      {found.data !== undefined && found.error === null ? (
        children(found.data)
      ) : (
        <>
          <PageHeader title={title} />
          {found.error === null ? <Skeleton rows={16} /> : <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
        </>
      )}
    </PageBody>
  );
}

/** Whether the server says that there is no such thing. */
export function isMissing(error: Error | null): boolean {
  return error instanceof ProblemError && error.problem.status === 404;
}
