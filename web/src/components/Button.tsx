import type { ComponentProps, ReactNode } from "react";
import style from "./Button.module.css";

interface ButtonProps extends Omit<ComponentProps<"button">, "type"> {
  readonly children: ReactNode;
  /** What it does, where the content does not say it in words. */
  readonly label?: string;
  readonly kind?: "plain" | "primary" | "quiet";
  /** For buttons that stay pressed. */
  readonly pressed?: boolean;
  /** It sends the form that it is in. */
  readonly submit?: boolean;
}

export function Button({ children, label, kind = "plain", pressed, submit = false, className, ...rest }: ButtonProps) {
  return (
    <button
      type={submit ? "submit" : "button"}
      className={[style.button, style[kind], className].filter(Boolean).join(" ")}
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      {...rest}
    >
      {children}
    </button>
  );
}
