/** How many ordinary events there are. */
export const ORDINARY = 6000;

const PLATFORMS = ["Slack", "Notion", "HubSpot", "Gmail"];
const TRACE = "java.io.IOException: closed\n\tat io.puraify.Client.read(Client.java:3)\n\tat java.base/java.lang.Thread.run(Thread.java:1)";

/** What would run if a text were ever markup: it would set `window.ran`. */
export const ATTEMPT =
  '<img src=x onerror="window.ran=1"><script>window.ran=1</script><svg onload="window.ran=1">"\'><iframe srcdoc="<script>parent.ran=1</script>">';

/** Events of the last half hour: a tenth are errors; the vault was deployed half way. */
export function events(now: number): object[] {
  const all: object[] = [];
  for (let place = 0; place < ORDINARY; place++) {
    const fails = place % 10 === 0;
    all.push({
      event_id: `e-${place}`,
      project_id: place % 3 === 0 ? "pf_1" : "pf_2",
      timestamp: new Date(now - 1_800_000 + place * 300).toISOString(),
      event_type: "execution",
      engine: place % 2 === 0 ? "execution" : "vault",
      platform: PLATFORMS[place % PLATFORMS.length],
      action: "send_message",
      status: fails ? "error" : "success",
      ...(fails ? { error_type: "token_expired", severity: place % 20 === 0 ? "high" : "medium", stack_trace: TRACE } : {}),
      message: fails ? `Token expired for account ${place % 7}` : `Message ${place} posted`,
      duration_ms: 20 + (place % 400),
      session_id: `s-${place % 50}`,
      user_id: `u-${place % 90}`,
      version: "4.12.3",
      region: "eu",
    });
  }
  all.push({ event_id: "deployed", project_id: "puraify", timestamp: new Date(now - 900_000).toISOString(), event_type: "deployment", engine: "vault", version: "1.20.0", action: "deploy", message: "Deployed vault 1.20.0" });
  all.push(attempt(now));
  return all;
}

/** An event whose every text is an attempted script. */
function attempt(now: number): object {
  const fields = ["event_type", "engine", "platform", "action", "status", "error_type", "message", "stack_trace", "user_id", "session_id", "trace_id", "host", "version", "environment", "triggered_by"];
  return {
    project_id: "attempt",
    event_id: "attempt",
    timestamp: new Date(now - 60_000).toISOString(),
    severity: "critical",
    ...Object.fromEntries(fields.map((field) => [field, ATTEMPT])),
    attributes: { [ATTEMPT.slice(0, 40)]: ATTEMPT, nested: { deeper: ATTEMPT } },
  };
}
