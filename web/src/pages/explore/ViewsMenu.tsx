import * as Popover from "@radix-ui/react-popover";
import { Link } from "@tanstack/react-router";
import { useState, useSyncExternalStore } from "react";
import { notify } from "../../app/notice";
import { Button } from "../../components/Button";
import { TextInput } from "../../components/Input";
import { isShown, keepViews, LONGEST_NAME, MOST_VIEWS, onViews, savedViews, searchOf, viewOf, withView } from "../../search/views";
import type { ExploreState } from "./useExplore";
import style from "./Menu.module.css";

/** The views that this browser keeps: opens one, keeps what is shown, drops one. */
export function ViewsMenu({ explore }: { explore: ExploreState }) {
  const [open, setOpen] = useState(false);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className={style.trigger}>Views</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className={style.content} align="end" sideOffset={4} collisionPadding={8} aria-label="Saved views">
          <Views explore={explore} onDone={() => setOpen(false)} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Views({ explore, onDone }: { explore: ExploreState; onDone: () => void }) {
  const views = useSyncExternalStore(onViews, savedViews);
  const [name, setName] = useState("");
  const wanted = name.trim();
  const taken = views.some((view) => view.name === wanted);
  const full = views.length >= MOST_VIEWS && !taken;
  const keep = () => {
    const kept = keepViews(withView(views, viewOf(wanted, explore.search)));
    notify(kept ? `${wanted} is saved` : "The browser keeps nothing more");
    if (kept) {
      onDone();
    }
  };
  return (
    <>
      <p className="muted">{views.length === 0 ? "None yet. They stay in this browser; a link shows others the same." : "Kept in this browser; a link shows others the same."}</p>
      <ul className={style.views}>
        {views.map((view) => (
          <li key={view.name}>
            {isShown(view, explore.search) && (
              <span>
                <span aria-hidden="true">✓</span>
                <span className="visually-hidden">shown now</span>
              </span>
            )}
            <Link to="/explore" search={searchOf(view)} activeOptions={{ exact: true }} onClick={onDone} title={view.address}>
              {view.name}
            </Link>
            <Button kind="quiet" label={`Drop the view ${view.name}`} onClick={() => keepViews(views.filter((each) => each !== view))}>
              ✕
            </Button>
          </li>
        ))}
      </ul>
      <form
        className={style.save}
        onSubmit={(event) => {
          event.preventDefault();
          if (wanted !== "" && !full) {
            keep();
          }
        }}
      >
        <TextInput label="Save what is shown as" value={name} onChange={(event) => setName(event.target.value)} maxLength={LONGEST_NAME} autoComplete="off" />
        <Button kind="primary" submit disabled={wanted === "" || full}>
          {taken ? "Replace" : "Save"}
        </Button>
      </form>
      {full && <p role="alert">There are {MOST_VIEWS} already: drop one first</p>}
    </>
  );
}
