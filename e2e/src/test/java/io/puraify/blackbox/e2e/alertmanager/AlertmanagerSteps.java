package io.puraify.blackbox.e2e.alertmanager;

import io.puraify.blackbox.e2e.alertmanager.Cases.Case;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What happens in cases, over Alertmanager's API. For one thread. */
final class AlertmanagerSteps {

  private static final Pattern ALERT = Pattern.compile("(fire|resolve) (\\w+)\\{(.*)}");
  private static final Pattern SILENCE = Pattern.compile("silence (\\w+) \\{(.*)} until (\\d+)");
  private static final Pattern EXPIRE = Pattern.compile("expire (\\w+)");
  private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~|!~|!=|=)(.*)");

  private final HttpClient http;
  private final URI url;
  private final Map<String, Instant> starts = new HashMap<>();
  private final Map<String, String> silences = new HashMap<>();

  AlertmanagerSteps(HttpClient http, URI url) {
    this.http = http;
    this.url = url;
  }

  /** Sends an alert that is over, of which nobody is told: the first request takes its time. */
  void warmUp() throws IOException, InterruptedException {
    String alert =
        """
        [{"labels": {"alertname": "over"}, "startsAt": "2026-03-02T12:00:00Z",
          "endsAt": "2026-03-02T12:00:01Z"}]
        """;
    var _ = send("POST", "/api/v2/alerts", alert);
  }

  /** Does all that happens at a time. */
  void play(List<Case> tried, int at) throws IOException, InterruptedException {
    Instant now = Instant.now();
    ArrayNode alerts = JsonNodeFactory.instance.arrayNode();
    for (Case each : tried) {
      for (String step : each.steps(at)) {
        Matcher alert = ALERT.matcher(step);
        Matcher silence = SILENCE.matcher(step);
        Matcher expire = EXPIRE.matcher(step);
        if (alert.matches()) {
          alerts.add(alert(each, step, alert, now));
        } else if (silence.matches()) {
          silence(each, silence, now, at);
        } else if (expire.matches()) {
          String id = silences.get(each.number() + expire.group(1));
          var _ = send("DELETE", "/api/v2/silence/" + id, "");
        } else {
          throw new IllegalArgumentException(each.name() + ": " + step);
        }
      }
    }
    if (!alerts.isEmpty()) {
      var _ = send("POST", "/api/v2/alerts", alerts.toString());
    }
  }

  private ObjectNode alert(Case it, String step, Matcher parts, Instant now) {
    boolean fires = parts.group(1).equals("fire");
    String key = it.number() + step.substring(step.indexOf(' '));
    if (fires) {
      starts.put(key, now);
    }
    ObjectNode alert = JsonNodeFactory.instance.objectNode();
    ObjectNode labels = alert.putObject("labels");
    labels.put("alertname", parts.group(2));
    labels.put("policy", parts.group(2));
    labels.put("case", Integer.toString(it.number()));
    labels.put("severity", "high");
    for (String label : parts.group(3).split(",", 0)) {
      if (!label.isEmpty()) {
        labels.put(label.substring(0, label.indexOf('=')), label.substring(label.indexOf('=') + 1));
      }
    }
    alert.put("startsAt", starts.getOrDefault(key, now).toString());
    alert.put("endsAt", (fires ? now.plus(Duration.ofHours(1)) : now).toString());
    return alert;
  }

  private void silence(Case it, Matcher parts, Instant now, int at)
      throws IOException, InterruptedException {
    ObjectNode silence = JsonNodeFactory.instance.objectNode();
    ArrayNode matchers = silence.putArray("matchers");
    matchers
        .addObject()
        .put("name", "case")
        .put("value", Integer.toString(it.number()))
        .put("isRegex", false)
        .put("isEqual", true);
    for (String each : parts.group(2).split(",", 0)) {
      Matcher matcher = MATCHER.matcher(each);
      if (!matcher.matches()) {
        throw new IllegalArgumentException(it.name() + ": " + each);
      }
      matchers
          .addObject()
          .put("name", matcher.group(1))
          .put("value", matcher.group(3))
          .put("isRegex", matcher.group(2).endsWith("~"))
          .put("isEqual", matcher.group(2).startsWith("="));
    }
    long units = Long.parseLong(parts.group(3)) - at;
    Instant end = now.plusMillis(units * Alertmanager.UNIT_MILLIS);
    silence.put("startsAt", now.toString());
    silence.put("endsAt", end.toString());
    silence.put("createdBy", "a case");
    silence.put("comment", it.name());
    JsonNode made =
        JsonMapper.shared().readTree(send("POST", "/api/v2/silences", silence.toString()));
    silences.put(it.number() + parts.group(1), made.path("silenceID").asString());
  }

  private String send(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve(path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException("%s %s: %s".formatted(method, path, answer.body()));
    }
    return answer.body();
  }
}
