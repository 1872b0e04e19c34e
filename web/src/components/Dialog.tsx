import { type ReactNode, useEffect, useRef } from "react";
import style from "./Dialog.module.css";

interface DialogProps {
  /** What it is for, for who cannot see it. */
  readonly label: string;
  readonly className?: string | undefined;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** What lies over the page until it is closed: by Esc, or by a click beside it. */
export function Dialog({ label, className, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    const closeBeside = (event: MouseEvent) => event.target === shown && shown?.close();
    shown?.showModal();
    // By itself, it is what can have the focus first, whatever that is.
    shown?.querySelector("input")?.focus();
    shown?.addEventListener("click", closeBeside);
    return () => shown?.removeEventListener("click", closeBeside);
  }, []);
  return (
    <dialog ref={dialog} className={[style.dialog, className].filter(Boolean).join(" ")} onClose={onClose} aria-label={label}>
      {/* A click on it is none beside it. */}
      <div className={style.content}>{children}</div>
    </dialog>
  );
}
