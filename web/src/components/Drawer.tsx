import type { ReactNode } from "react";
import { Button } from "./Button";
import style from "./Drawer.module.css";

interface DrawerProps {
  readonly title: ReactNode;
  /** What it is about, for who cannot see it. */
  readonly label: string;
  readonly actions?: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** One thing at the side of many, which stay where they are and can still be used. */
export function Drawer({ title, label, actions, onClose, children }: DrawerProps) {
  return (
    <aside className={style.drawer} aria-label={label}>
      <header className={style.header}>
        <div className={style.title}>{title}</div>
        <Button kind="quiet" label="Close (Esc)" onClick={onClose}>
          ✕
        </Button>
      </header>
      {actions !== undefined && <div className={style.actions}>{actions}</div>}
      {children}
    </aside>
  );
}
