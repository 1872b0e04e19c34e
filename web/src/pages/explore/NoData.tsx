import { useEffect } from "react";
import { moveNow } from "../../app/now";
import { Code } from "../../components/Code";
import { EmptyState } from "../../components/EmptyState";
import style from "./Explore.module.css";

/** How often it is looked whether an event has come, in milliseconds. */
const EVERY = 2000;

/** Blackbox has no event at all: how to send the first one. */
export function NoData() {
  useEffect(() => {
    const timer = setInterval(moveNow, EVERY);
    return () => clearInterval(timer);
  }, []);
  const url = `${location.origin}/monitoring/logs`;
  return (
    <EmptyState title="There are no events yet">
      <p className={style.waiting} role="status">
        <i aria-hidden="true" /> Waiting for the first event
      </p>
      <p>From a terminal:</p>
      <Code
        name="curl command"
        text={`curl -s '${url}' \\
  -H 'Content-Type: application/json' \\
  -d '{"project_id":"pf_123","engine":"execution","platform":"Slack","action":"send_message","status":"success","duration_ms":842}'`}
      />
      <p>From Java:</p>
      <Code
        name="Java code"
        text={`var event = """
    {"project_id":"pf_123","engine":"execution","platform":"Slack","action":"send_message","status":"success"}""";
var request = HttpRequest.newBuilder(URI.create("${url}"))
    .header("Content-Type", "application/json")
    .POST(HttpRequest.BodyPublishers.ofString(event))
    .build();
HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());`}
      />
    </EmptyState>
  );
}
