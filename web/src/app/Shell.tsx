import { Link, Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { copy, useNotice } from "./notice";
import { Help } from "./Help";
import { Palette } from "./commands/Palette";
import { Inbox } from "./Inbox";
import { useCommandKey, useKeys } from "./keys";
import { NotRenewed } from "./NotRenewed";
import { moveNow } from "./now";
import { PageMenu } from "./PageMenu";
import { pageAt, PAGES } from "./pages";
import { nextTheme, useTheme } from "./theme";
import { useCarried, useView } from "./view";
import { frozenLink } from "./link";
import style from "./Shell.module.css";

/** What is around every page: the way to the others, and what is said in passing. */
export function Shell() {
  const [helping, setHelping] = useState(false);
  const [commanding, setCommanding] = useState(false);
  const navigate = useNavigate();
  const carried = useCarried();
  const view = useView();
  const notice = useNotice();
  const path = useLocation({ select: (location) => location.pathname });
  useEffect(() => {
    const page = pageAt(path);
    document.title = page === undefined ? "Blackbox" : `${page.name} · Blackbox`;
  }, [path]);
  useKeys({
    "?": () => setHelping(true),
    r: moveNow,
    c: () => void copy("Link", frozenLink(location.href, view)),
    ...Object.fromEntries(
      PAGES.map((page) => [`g ${page.key}`, () => void navigate({ to: page.path, search: carried })]),
    ),
  });
  useCommandKey(() => setCommanding(true));
  return (
    <div className={style.shell}>
      <a className={style.skip} href="#page">
        Skip to the page
      </a>
      <header className={style.bar}>
        <Link to="/" search={carried} className={style.brand} aria-label="Blackbox, overview">
          <img src="/favicon.svg" alt="" width="20" height="20" />
          <span>Blackbox</span>
        </Link>
        <PageMenu path={path} />
        <nav aria-label="Pages" className={style.nav}>
          {PAGES.map((page) => (
            <Link
              key={page.path}
              to={page.path}
              search={carried}
              className={style.page}
              activeOptions={{ exact: page.path === "/", includeSearch: false }}
            >
              {page.name}
            </Link>
          ))}
        </nav>
        <button type="button" className={style.icon} onClick={() => setCommanding(true)} aria-label="Commands" title="Commands (Ctrl K)">
          <svg viewBox="0 0 16 16" width="14" height="14" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" aria-hidden="true">
            <circle cx="7" cy="7" r="4.2" />
            <path d="M10.2 10.2 13.5 13.5" />
          </svg>
        </button>
        <Inbox />
        <ThemeSwitch />
        <button type="button" className={style.icon} onClick={() => setHelping(true)} aria-label="Keys" title="Keys (?)">
          ?
        </button>
      </header>
      <NotRenewed />
      <main id="page" className={style.main} tabIndex={-1}>
        <Outlet />
      </main>
      <div role="status" className={notice === "" ? style.quiet : style.notice}>
        {notice}
      </div>
      {helping && <Help onClose={() => setHelping(false)} />}
      {commanding && <Palette onClose={() => setCommanding(false)} onHelp={() => setHelping(true)} />}
    </div>
  );
}

const SYMBOLS = { system: "◐", light: "☀", dark: "☾" } as const;

function ThemeSwitch() {
  const theme = useTheme().split("-")[0] as keyof typeof SYMBOLS;
  return (
    <button
      type="button"
      className={style.icon}
      onClick={nextTheme}
      aria-label={`Colours: ${theme}; change`}
      title={`Colours: ${theme}`}
    >
      {SYMBOLS[theme]}
    </button>
  );
}
