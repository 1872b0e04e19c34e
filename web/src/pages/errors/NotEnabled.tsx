import { Link } from "@tanstack/react-router";
import { useCarried } from "../../app/view";
import { Code } from "../../components/Code";
import { EmptyState } from "../../components/EmptyState";

/** Groups of errors are switched off: what they are, and how to switch them on. */
export function NotEnabled() {
  const carried = useCarried();
  return (
    <EmptyState title="Errors are not put into groups" level={1}>
      <p>
        Blackbox can put errors that are the same into one group, with its count, its users, its trend and a state. It is
        switched off, and counts from when it is switched on. In blackbox.yaml:
      </p>
      <Code name="Setting" text={"errors:\n  enabled: true"} />
      <p>Or in the environment, or as a flag:</p>
      <Code name="Variable" text="BLACKBOX_ERRORS_ENABLED=true ./blackbox serve" />
      <Code name="Flag" text="./blackbox serve --errors-enabled true" />
      <p>
        Meanwhile,{" "}
        <Link to="/explore" search={{ ...carried, status: "error,timeout" }}>
          all errors of the range
        </Link>{" "}
        can be searched.
      </p>
    </EmptyState>
  );
}
