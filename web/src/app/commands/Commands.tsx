import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Command, defaultFilter } from "cmdk";
import { useEffect, useState } from "react";
import { idIn, type Named, named } from "../../data/named";
import { exactly } from "../../search/filter";
import type { PageSearch } from "../../search/url";
import { savedViews, searchOf } from "../../search/views";
import { LOCAL_ZONE } from "../../time/zone";
import { frozenLink } from "../link";
import { copy } from "../notice";
import { moveNow } from "../now";
import { PAGES } from "../pages";
import { chooseTheme, THEMES, useTheme } from "../theme";
import { useCarried, useView } from "../view";
import style from "./Palette.module.css";

/** How long nobody has to type before ids are looked for, in milliseconds. */
const PAUSE = 200;

interface CommandsProps {
  readonly onClose: () => void;
  readonly onHelp: () => void;
}

interface Action {
  readonly name: string;
  readonly run: () => unknown;
  /** The keys that do the same. */
  readonly keys?: readonly string[];
  /** It is so already. */
  readonly now?: boolean;
}

interface Group {
  readonly heading: string;
  readonly actions: readonly Action[];
}

/** A line to type into, and below it what fits: what has that id, commands, and a search for it. */
export function Commands({ onClose, onHelp }: CommandsProps) {
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState("");
  const navigate = useNavigate();
  const carried = useCarried();
  const groups = useGroups(onHelp);
  const asked = text.trim();
  const found = useNamed(asked);
  const search = `Search events for ${asked}`;
  // Nothing else fits an id, so that the search was chosen for want of what has it.
  const first = found[0] !== undefined && chosen === search ? nameOf(found[0]) : chosen;
  const run = (action: () => unknown) => () => {
    onClose();
    action();
  };
  return (
    <Command label="Commands" loop shouldFilter={false} value={first} onValueChange={setChosen} className={style.commands}>
      <Command.Input
        // The palette was opened to write into it.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        value={text}
        onValueChange={setText}
        placeholder="Go, change, search, or open by id"
        className={style.input}
      />
      <Command.List label="Commands" className={style.list}>
        {found.length > 0 && (
          <Command.Group heading="With this id">
            {found.map((each) => (
              <Command.Item key={each.kind} value={nameOf(each)} onSelect={run(() => navigate(addressOf(each, carried)))} className={style.item}>
                <span>
                  {each.kind} <b>{each.title}</b>
                </span>
              </Command.Item>
            ))}
          </Command.Group>
        )}
        {fitting(groups, asked).map(({ heading, actions }) => (
          <Command.Group key={heading} heading={heading}>
            {actions.map((action) => (
              <Item key={action.name} action={action} onSelect={run(action.run)} />
            ))}
          </Command.Group>
        ))}
        {asked !== "" && (
          <Command.Group heading="Search">
            <Command.Item value={search} onSelect={run(() => navigate({ to: "/explore", search: { ...carried, q: asked } }))} className={style.item}>
              <span>
                Search events for <b>{asked}</b>
              </span>
            </Command.Item>
          </Command.Group>
        )}
      </Command.List>
    </Command>
  );
}

function Item({ action, onSelect }: { action: Action; onSelect: () => void }) {
  return (
    <Command.Item value={action.name} onSelect={onSelect} className={style.item}>
      <span>{action.name}</span>
      {action.now === true && <span className="muted">now</span>}
      {action.keys !== undefined && (
        <span className={style.keys} aria-hidden="true">
          {action.keys.map((key) => (
            <kbd key={key}>{key}</kbd>
          ))}
        </span>
      )}
    </Command.Item>
  );
}

/** What can be done from every page. */
function useGroups(onHelp: () => void): readonly Group[] {
  const navigate = useNavigate();
  const carried = useCarried();
  const view = useView();
  const theme = useTheme().split("-")[0];
  const views = savedViews();
  return [
    ...(views.length === 0
      ? []
      : [{ heading: "Saved views", actions: views.map((each) => ({ name: `View: ${each.name}`, run: () => navigate({ to: "/explore", search: searchOf(each) }) })) }]),
    {
      heading: "Pages",
      actions: PAGES.map((page) => ({ name: `Go to ${page.name}`, keys: ["g", page.key], run: () => navigate({ to: page.path, search: carried }) })),
    },
    {
      heading: "This view",
      actions: [
        { name: "Copy a link to what is shown", keys: ["c"], run: () => copy("Link", frozenLink(location.href, view)) },
        { name: "Ask again, up to now", keys: ["r"], run: moveNow },
        ...[...new Set([LOCAL_ZONE, "UTC"])].map((zone) => ({ name: `Show times in ${zone}`, now: zone === view.zone, run: () => view.setZone(zone) })),
      ],
    },
    {
      heading: "Blackbox",
      actions: [
        ...THEMES.map((each) => ({
          name: each === "system" ? "Colours as the system has them" : `Colours: ${each}`,
          now: each === theme,
          run: () => chooseTheme(each),
        })),
        { name: "Help: all keys", keys: ["?"], run: onHelp },
      ],
    },
  ];
}

/** Letters that are somewhere in a name in this order are no match yet. */
const LEAST_SCORE = 0.02;

/** All commands; of those that fit what was typed, the best first. */
function fitting(groups: readonly Group[], asked: string): readonly Group[] {
  if (asked === "") {
    return groups;
  }
  const scored = groups
    .flatMap((group) => group.actions)
    .map((action) => ({ action, score: defaultFilter(action.name, asked) }))
    .filter(({ score }) => score > LEAST_SCORE)
    .toSorted((a, b) => b.score - a.score);
  return scored.length === 0 ? [] : [{ heading: "Commands", actions: scored.map(({ action }) => action) }];
}

function nameOf(each: Named): string {
  return `${each.kind} ${each.id}`;
}

/** What has the id that was typed, once nobody types any more. */
function useNamed(text: string): readonly Named[] {
  const [settled, setSettled] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE);
    return () => clearTimeout(timer);
  }, [text]);
  const found = useQuery(named(idIn(settled)));
  return settled === text ? (found.data ?? []) : [];
}

/** Where something is shown. */
function addressOf(each: Named, carried: PageSearch) {
  const { kind, id } = each;
  switch (kind) {
    case "Event":
      return { to: "/explore", search: { ...carried, range: each.range, event_id: exactly(id), event: id } } as const;
    case "Session":
      return { to: "/replay/$session", params: { session: id }, search: { ...carried, project: each.project } } as const;
    case "Alert":
      return { to: "/alerts/$alert", params: { alert: id }, search: carried } as const;
    case "Error":
      return { to: "/errors/$group", params: { group: id }, search: carried } as const;
    case "Deployment":
      return { to: "/deployments/$change", params: { change: id }, search: carried } as const;
  }
}
