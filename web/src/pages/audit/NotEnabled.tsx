import { Code } from "../../components/Code";
import { Panel } from "../../components/Panel";
import { ProblemError } from "../../data/api";
import style from "./Audit.module.css";

export function isNotEnabled(error: Error | null): boolean {
  return error instanceof ProblemError && error.problem.type === "audit-not-enabled";
}

/** Nothing is proven: what that means, and how to change it. */
export function NotEnabled() {
  return (
    <Panel title="Proof">
      <div className={style.off}>
        <p>
          <b>Events are not proven.</b> The audit trail is switched off: nobody can tell whether an event was altered or
          removed. The timeline below shows what is stored. Events are proven from when it is switched on:
        </p>
        <Code name="Setting" text={"audit:\n  enabled: true"} />
      </div>
    </Panel>
  );
}
