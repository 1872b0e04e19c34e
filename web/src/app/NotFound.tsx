import { Link } from "@tanstack/react-router";
import { EmptyState } from "../components/EmptyState";

export function NotFound() {
  return (
    <EmptyState title="There is no such page" level={1}>
      <p>
        The address may be mistyped. <Link to="/">Go to the overview</Link>
      </p>
    </EmptyState>
  );
}
