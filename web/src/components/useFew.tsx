import { type ReactNode, useState } from "react";
import { Button } from "./Button";
import { count } from "./numbers";

interface Few<T> {
  readonly shown: readonly T[];
  /** Shows the rest; nothing where there is none. */
  readonly more: ReactNode;
}

/** The first few of a list, and all of it when somebody wants that. */
export function useFew<T>(all: readonly T[], few: number): Few<T> {
  const [whole, setWhole] = useState(false);
  if (whole || all.length <= few) {
    return { shown: all, more: null };
  }
  return { shown: all.slice(0, few), more: <Button onClick={() => setWhole(true)}>{count(all.length - few)} more</Button> };
}
