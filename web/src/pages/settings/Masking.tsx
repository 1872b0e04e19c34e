import { Badge } from "../../components/Badge";
import { Panel } from "../../components/Panel";
import type { Setup } from "../../data/setup";
import style from "./Settings.module.css";

/** Which secrets never reach the disk. */
export function Masking({ masking: { rules, keys, patterns } }: { masking: Setup["masking"] }) {
  const off = rules.filter((rule) => !rule.enabled);
  return (
    <Panel title="Masking" scope="what of events never reaches the disk">
      <dl className={style.masking}>
        <dt>Built-in rules</dt>
        <dd>
          <Names names={rules.filter((rule) => rule.enabled).map((rule) => rule.name)} />
        </dd>
        {off.length > 0 && (
          <>
            <dt>Switched off</dt>
            <dd>
              {off.map((rule) => (
                <Badge key={rule.name} tone="high">
                  {rule.name} off
                </Badge>
              ))}
            </dd>
          </>
        )}
        <dt>Further keys</dt>
        <dd>
          <Names names={keys} />
        </dd>
        <dt title="Their text is not shown: it may name the very secret">Further patterns</dt>
        <dd>
          <Names names={patterns} />
        </dd>
      </dl>
    </Panel>
  );
}

function Names({ names }: { names: readonly string[] }) {
  return names.length === 0 ? <span className="muted">none</span> : names.map((name) => <Badge key={name}>{name}</Badge>);
}
