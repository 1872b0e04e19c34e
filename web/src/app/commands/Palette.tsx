import { lazy, Suspense } from "react";
import { Dialog } from "../../components/Dialog";
import style from "./Palette.module.css";

const Commands = lazy(async () => ({ default: (await import("./Commands")).Commands }));

/** Everything that can be done from everywhere, by its name; what it needs is loaded when it is opened. */
export function Palette({ onClose, onHelp }: { onClose: () => void; onHelp: () => void }) {
  return (
    <Dialog label="Commands" className={style.palette} onClose={onClose}>
      <Suspense fallback={<div className={style.input} aria-busy="true" />}>
        <Commands onClose={onClose} onHelp={onHelp} />
      </Suspense>
    </Dialog>
  );
}
