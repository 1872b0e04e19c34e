import { useAnswer } from "../../app/useAnswer";
import { useView, type View } from "../../app/view";
import { Button } from "../../components/Button";
import { Choices } from "../../components/Choices";
import { EmptyState, ErrorState, Skeleton } from "../../components/EmptyState";
import { isMissing } from "../../components/Page";
import { type PolicyDocument, type PolicyVersion, policyVersions } from "../../data/alerts";
import { dateTime } from "../../time/format";
import type { AlertsTabProps } from "./Alerts";
import { PolicyEditor } from "./PolicyEditor";
import style from "./Alerts.module.css";

/** No policy can have this name. */
export const NEW_POLICY = "~new";

const TEMPLATE: PolicyDocument = {
  policy: "my_policy",
  match: "engine:execution status:(error OR timeout)",
  condition: { kind: "count", window: "5m", by: ["project_id"] },
  thresholds: [{ severity: "high", value: 10, recovery: 5 }],
  title: "{{project_id}}: {{value}} errors in 5 minutes",
  notify: { channels: ["ui"] },
};

/** One policy with its versions, to read, change and try; or one that is still to be written. */
export function PolicyPage({ edit, search, onChange }: AlertsTabProps & { readonly edit: string }) {
  const view = useView();
  const isNew = edit === NEW_POLICY;
  const found = useAnswer({ ...policyVersions(edit), enabled: !isNew });
  const back = () => onChange({ edit: undefined, version: undefined, tried: undefined });
  if (isMissing(found.error)) {
    return (
      <EmptyState title={`There is no policy ${edit}`}>
        <Button onClick={back}>All policies</Button>
      </EmptyState>
    );
  }
  if (found.error !== null) {
    return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  }
  if (!isNew && found.data === undefined) {
    return <Skeleton rows={12} />;
  }
  const versions = found.data ?? [];
  const chosen = versions.find((each) => String(each.version) === search.version) ?? versions[0];
  const document = isNew ? TEMPLATE : chosen?.document;
  return (
    <>
      <div className={style.filters}>
        <Button kind="quiet" onClick={back}>
          ‹ All policies
        </Button>
        <h2>{isNew ? "New policy" : edit}</h2>
        {!isNew && (
          <Button onClick={() => onChange({ tab: undefined, edit: undefined, version: undefined, tried: undefined, policy: edit })}>Its alerts</Button>
        )}
      </div>
      {versions.length > 0 && <Versions versions={versions} chosen={chosen} view={view} onChoose={(version) => onChange({ version })} />}
      {document === undefined ? (
        <EmptyState title="This version says that the policy was removed" />
      ) : (
        <PolicyEditor
          key={`${edit} ${chosen?.version ?? ""}`}
          document={document}
          isNew={isNew}
          tried={search.tried}
          view={view}
          onTry={(tried) => onChange({ tried })}
          onSaved={(policy) => onChange({ edit: policy, version: undefined })}
          onRemoved={back}
        />
      )}
    </>
  );
}

interface VersionsProps {
  readonly versions: readonly PolicyVersion[];
  readonly chosen: PolicyVersion | undefined;
  readonly view: View;
  readonly onChoose: (version: string | undefined) => void;
}

function Versions({ versions, chosen, view, onChoose }: VersionsProps) {
  const choices = versions.map((each, place) => ({
    id: place === 0 ? undefined : String(each.version),
    name: <VersionName version={each} view={view} />,
  }));
  const newest = versions[0] === chosen;
  return <Choices label="Version" choices={choices} chosen={newest ? undefined : String(chosen?.version)} onChoose={onChoose} />;
}

function VersionName({ version, view }: { version: PolicyVersion; view: View }) {
  return (
    <>
      {version.version === 0 ? "Version 0, shipped" : `Version ${version.version}`}
      {version.changed_at !== null && (
        <span className="muted">
          {dateTime(Date.parse(version.changed_at), view.zone, false)} by {version.actor}
        </span>
      )}
      {version.removed && <span>removed</span>}
    </>
  );
}
