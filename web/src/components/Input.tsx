import type { ComponentProps } from "react";
import style from "./Input.module.css";

/** A line of text with its name above it. */
export function TextInput({ label, className, ...rest }: ComponentProps<"input"> & { readonly label: string }) {
  return (
    <label className={[style.field, className].filter(Boolean).join(" ")}>
      <span>{label}</span>
      <input {...rest} />
    </label>
  );
}

interface SelectProps {
  readonly label: string;
  /** What is chosen; empty for none. */
  readonly value: string;
  readonly options: readonly string[];
  /** What stands for none. */
  readonly none?: string;
  readonly onChoose: (value: string | undefined) => void;
}

/** One of some values. Its name is for who cannot see it, and part of what stands for none. */
export function Select({ label, value, options, none, onChoose }: SelectProps) {
  const all = value === "" || options.includes(value) ? options : [value, ...options];
  return (
    <select
      className={style.select}
      aria-label={label}
      value={value}
      onChange={(event) => onChoose(event.target.value === "" ? undefined : event.target.value)}
    >
      {none !== undefined && <option value="">{none}</option>}
      {all.map((option) => (
        <option key={option} value={option}>
          {option}
        </option>
      ))}
    </select>
  );
}
