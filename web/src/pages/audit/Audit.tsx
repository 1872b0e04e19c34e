import { useNavigate, useSearch } from "@tanstack/react-router";
import type { AuditSearch } from "../../app/router";
import { useView } from "../../app/view";
import { Page } from "../../components/Page";
import { Tabs } from "../../components/Tabs";
import { Checkpoints } from "./Checkpoints";
import { Proof } from "./Proof";
import { Timeline } from "./Timeline";
import style from "./Audit.module.css";

const TABS = [
  { id: "timeline", name: "Timeline" },
  { id: "checkpoints", name: "Checkpoints" },
] as const;

export type AuditChange = { readonly [N in keyof AuditSearch]?: AuditSearch[N] | undefined };

/** Who did what, and the proof that nothing of it was altered or removed since. */
export function Audit() {
  const search = useSearch({ from: "/audit" });
  const navigate = useNavigate();
  const view = useView();
  const change = (changed: AuditChange) =>
    void navigate({ to: "/audit", search: (before) => ({ ...before, ...changed }) as AuditSearch });
  const chosen = TABS.find((tab) => tab.id === search.tab)?.id ?? "timeline";
  return (
    <Page title="Audit" view={view}>
      <Proof view={view} />
      <Tabs label="Audit" tabs={TABS} chosen={chosen} onChoose={(tab) => change({ tab: tab === "timeline" ? undefined : tab })} panel="audit-panel" />
      <div id="audit-panel" role="tabpanel" aria-label={chosen} className={style.panel}>
        {chosen === "timeline" ? <Timeline search={search} view={view} onChange={change} /> : <Checkpoints view={view} />}
      </div>
    </Page>
  );
}
