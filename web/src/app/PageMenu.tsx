import * as Popover from "@radix-ui/react-popover";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { pageAt, PAGES } from "./pages";
import { useCarried } from "./view";
import style from "./PageMenu.module.css";

/** The way to the other pages where they do not fit beside each other: the page that is open, and all of them below it. */
export function PageMenu({ path }: { path: string }) {
  const carried = useCarried();
  const [open, setOpen] = useState(false);
  const name = pageAt(path)?.name ?? "Pages";
  return (
    <div className={style.menu}>
      <Popover.Root open={open} onOpenChange={setOpen}>
        <Popover.Trigger className={style.trigger} aria-label={`${name}, to other pages`}>
          {name} <span aria-hidden="true">▾</span>
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content className={style.content} align="start" sideOffset={4} collisionPadding={8} aria-label="Pages">
            <nav aria-label="All pages">
              {PAGES.map((page) => (
                <Link key={page.path} to={page.path} search={carried} activeOptions={{ exact: page.path === "/", includeSearch: false }} onClick={() => setOpen(false)}>
                  {page.name}
                </Link>
              ))}
            </nav>
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
    </div>
  );
}
