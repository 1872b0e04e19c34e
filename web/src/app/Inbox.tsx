import * as Popover from "@radix-ui/react-popover";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { SeverityBadge } from "../components/Badge";
import { Button } from "../components/Button";
import { inbox, type InboxEntry, type InboxPage, markRead } from "../data/alerts";
import { withRead } from "../data/inboxEntries";
import { ago } from "../time/format";
import { useInbox } from "./useInbox";
import { useCarried } from "./view";
import style from "./Inbox.module.css";

/** The bell: how many notifications nobody has read, and the newest of them. */
export function Inbox() {
  const page = useInbox();
  const [open, setOpen] = useState(false);
  const unread = page?.unread ?? 0;
  const name = unread === 0 ? "Inbox: all read" : `Inbox: ${unread} unread`;
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className={style.bell} aria-label={name} title={name}>
        <svg viewBox="0 0 16 16" width="15" height="15" fill="none" stroke="currentColor" strokeWidth="1.4" aria-hidden="true">
          <path d="M3 11.5h10l-1.2-1.8V7a3.8 3.8 0 0 0-7.6 0v2.7zM6.6 13.6a1.5 1.5 0 0 0 2.8 0" strokeLinejoin="round" strokeLinecap="round" />
        </svg>
        {unread > 0 && <span className={style.unread}>{unread > 99 ? "99+" : unread}</span>}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className={style.content} align="end" sideOffset={4} collisionPadding={8} aria-label="Inbox">
          <Entries page={page} onClose={() => setOpen(false)} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Entries({ page, onClose }: { page: InboxPage | undefined; onClose: () => void }) {
  const carried = useCarried();
  const queries = useQueryClient();
  // What is ago is meant as of the moment at which somebody looks.
  const [opened] = useState(() => Date.now());
  const read = useMutation({
    mutationFn: markRead,
    onSuccess: ({ unread }, upTo) => queries.setQueryData(inbox().queryKey, (before) => before && withRead(before, upTo, unread)),
  });
  const newest = page?.entries[0]?.number;
  return (
    <>
      <div className={style.header}>
        <h2>Inbox</h2>
        <Button
          kind="quiet"
          disabled={newest === undefined || page?.unread === 0 || read.isPending}
          onClick={() => newest !== undefined && read.mutate(newest)}
        >
          Mark all as read
        </Button>
      </div>
      {read.error !== null && <p role="alert">{read.error.message}</p>}
      {page === undefined || page.entries.length === 0 ? (
        <p className="muted">{page === undefined ? "Not read yet" : "Nobody was told of anything yet"}</p>
      ) : (
        <ul>
          {page.entries.map((entry) => (
            <Entry key={entry.number} entry={entry} now={opened} onClose={onClose} />
          ))}
        </ul>
      )}
      <p className={style.all}>
        <Link to="/alerts" search={{ ...carried, tab: "notifications", channel: "ui" }} onClick={onClose}>
          All notifications
        </Link>
      </p>
    </>
  );
}

function Entry({ entry, now, onClose }: { entry: InboxEntry; now: number; onClose: () => void }) {
  const carried = useCarried();
  const { notification } = entry;
  const about = notification.alerts[0];
  return (
    <li className={entry.unread ? style.new : undefined}>
      <p>
        <SeverityBadge severity={notification.severity} />
        <span className="muted">
          {notification.reason} · {ago(Date.parse(notification.created_at), now)}
        </span>
        {entry.unread && <b>unread</b>}
      </p>
      {about === undefined ? (
        <span className={style.title}>{notification.title}</span>
      ) : (
        <Link to="/alerts/$alert" params={{ alert: about.alert_id }} search={carried} onClick={onClose} className={style.title}>
          {notification.title}
        </Link>
      )}
    </li>
  );
}
