import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useAnswer } from "../app/useAnswer";
import { useCarried } from "../app/view";
import { channels, testChannel } from "../data/alerts";
import { Badge } from "./Badge";
import { Button } from "./Button";
import { ErrorState, Skeleton } from "./EmptyState";
import { Panel } from "./Panel";
import style from "./ChannelList.module.css";

const OUTCOMES = {
  delivered: { tone: "good", says: "delivered" },
  retry: { tone: "medium", says: "not delivered; a notification would be attempted again" },
  refused: { tone: "high", says: "refused; a notification would be given up" },
} as const;

/** Where people are told, and whether that works. */
export function ChannelList() {
  return (
    <Panel title="Channels" scope="on which people are told of alerts">
      <Channels />
    </Panel>
  );
}

function Channels() {
  const found = useAnswer(channels());
  if (found.error !== null) {
    return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  }
  if (found.data === undefined) {
    return <Skeleton rows={4} />;
  }
  return (
    <>
      <p className={style.intro}>
        <code>ui</code> is the inbox here, and always there. Others are in the file that <code>alerts.channels</code> names.
      </p>
      <ul className={style.channels}>
        {found.data.map((each) => (
          <Channel key={each.channel} name={each.channel} kind={each.kind} />
        ))}
      </ul>
    </>
  );
}

function Channel({ name, kind }: { name: string; kind: string }) {
  const carried = useCarried();
  const test = useMutation({ mutationFn: () => testChannel(name) });
  return (
    <li>
      <div className={style.line}>
        <b>{name}</b>
        <span className="muted">{kind}</span>
        <Link to="/alerts" search={{ ...carried, tab: "notifications", channel: name }}>
          What it was told
        </Link>
        <Button disabled={test.isPending} onClick={() => test.mutate()} label={`Send test to ${name}`}>
          Send test
        </Button>
      </div>
      <div aria-live="polite" className={style.answer}>
        {test.error !== null && <span className={style.refused}>{test.error.message}</span>}
        {test.data !== undefined && (
          <>
            <Badge tone={OUTCOMES[test.data.outcome].tone}>{OUTCOMES[test.data.outcome].says}</Badge>
            <pre>{test.data.answer === "" ? "The other side has said nothing" : test.data.answer}</pre>
          </>
        )}
      </div>
    </li>
  );
}
