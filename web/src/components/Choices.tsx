import type { ReactNode } from "react";
import { Button } from "./Button";
import style from "./Choices.module.css";

export interface Choice<T> {
  readonly id: T;
  readonly name: ReactNode;
}

interface ChoicesProps<T> {
  /** What is chosen, for who cannot see it. */
  readonly label: string;
  readonly choices: readonly Choice<T>[];
  readonly chosen: T;
  readonly onChoose: (id: T) => void;
}

/** A few of which one is chosen, all in sight. */
export function Choices<T extends string | undefined>({ label, choices, chosen, onChoose }: ChoicesProps<T>) {
  return (
    <fieldset className={style.choices}>
      <legend className="visually-hidden">{label}</legend>
      {choices.map(({ id, name }) => (
        <Button key={id ?? ""} pressed={id === chosen} onClick={() => onChoose(id)}>
          {name}
        </Button>
      ))}
    </fieldset>
  );
}

/** Values to choose one of, or all of them. */
export function orAll(values: readonly string[]): readonly Choice<string | undefined>[] {
  return [{ id: undefined, name: "All" }, ...values.map((value) => ({ id: value, name: value }))];
}
