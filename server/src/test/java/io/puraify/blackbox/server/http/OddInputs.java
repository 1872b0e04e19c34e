package io.puraify.blackbox.server.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Requests that nobody should send: for each seed the same paths, all different. */
final class OddInputs {

  private static final List<String> ROUTES =
      List.of(
          "/monitoring/logs",
          "/monitoring/logs/export",
          "/monitoring/logs/histogram",
          "/monitoring/logs/fields",
          "/monitoring/logs/fields/platform/values",
          "/monitoring/stats",
          "/monitoring/sessions");

  private static final List<String> EXPRESSIONS =
      List.of(
          "\"",
          "'",
          "\\",
          "\"\\",
          "status:\"",
          "status:",
          ":",
          "::",
          "status::error",
          "a:b:c",
          "(",
          ")",
          "()",
          "(()",
          "NOT",
          "AND",
          "OR",
          "NOT NOT NOT",
          "-",
          "--a",
          "- a",
          "a AND",
          "OR a",
          "a OR OR b",
          "*",
          "**",
          "?",
          "status:*x*",
          "platform:(a OR",
          "platform:()",
          "platform:(a b)",
          "duration_ms:>",
          "duration_ms:>>5",
          "duration_ms:>abc",
          "duration_ms:[5 TO",
          "duration_ms:[5 TO 1]",
          "duration_ms:{5 TO 5}",
          "duration_ms:[* TO *]",
          "duration_ms:99999999999999999999999",
          "duration_ms:-0",
          "duration_ms:1e400",
          "duration_ms:NaN",
          "duration_ms:>=Infinity",
          "retries:0x10",
          "severity:>=nothing",
          "severity:[high TO low]",
          "timestamp:>=9999999999999999999",
          "timestamp:>=2025-13-45T99:99:99Z",
          "timestamp:[2026 TO 2025]",
          "nosuchfield:1",
          "stauts:error",
          "attributes.:x",
          "attributes..a:x",
          "attributes.a.b.c.d.e.f.g:x",
          "attributes.\"a\":x",
          "_exists_:",
          "_exists_:nosuch",
          "message:/",
          "message://",
          "message:/(/",
          "message:/[/",
          "message:/a{99999}/",
          "message:/(a+)+$/",
          "message:/(a|a)*b/",
          "message:/(.*)*x/",
          "message:/((a{0,100}){0,100}){0,100}/",
          "message:/(?=a)/",
          "message:/\\1/",
          "message:/(?i)x/i",
          "message:/\\p{Nope}/",
          "message:/a/zzz",
          "message:/\\x{110000}/",
          "\u0000",
          "a\u0000b",
          "message:\u0000",
          "\uD83D\uDE00",
          "\u202Eabc",
          "'; DROP TABLE events; --",
          "platform:'; DROP TABLE events; --",
          "platform:%",
          "platform:_",
          "%s%s%n",
          "${jndi:ldap://x}",
          "\n\r\t",
          "{}",
          "[1 TO 2]",
          "a^5",
          "a~2",
          "status:error | stats count()");

  private static final List<String> NAMES =
      List.of(
          "q",
          "limit",
          "cursor",
          "since",
          "from",
          "to",
          "order",
          "step",
          "by",
          "group_by",
          "measure",
          "prefix",
          "format",
          "project_id",
          "status",
          "severity",
          "duration_ms",
          "event_id",
          "attributes.a",
          "attributes.",
          "nosuch",
          "stauts",
          "fields",
          "timestamp");

  private static final List<String> VALUES =
      List.of(
          "",
          " ",
          "0",
          "-1",
          "1",
          "5001",
          "2147483648",
          "9223372036854775808",
          "1e9",
          "1.5",
          "NaN",
          "null",
          "true",
          "auto",
          "0s",
          "-5m",
          "1ms",
          "999999999d",
          "1h1h",
          "2025-07-25T14:00:00Z",
          "2025-02-30",
          "0000-00-00",
          "+999999999-12-31T23:59:59Z",
          "-9223372036854775808",
          "tomorrow",
          "error,",
          ",",
          ",,,,",
          "!",
          "!!error",
          ">",
          ">=",
          ">5",
          "..",
          "5..1",
          "*",
          "a*",
          "*a",
          "/(/",
          "/(a+)+$/",
          "a,a,a,a,a,a",
          "count:",
          "p101:duration_ms",
          "p-1:duration_ms",
          "p99:message",
          "sum:nosuch",
          "distinct:attributes.",
          "asc",
          "eyJub3QiOiJhIGN1cnNvciJ9",
          "AAAA",
          "====",
          "\u0000",
          "\uFFFF",
          "\uD83D\uDE00",
          "../../etc/passwd",
          "<script>alert(1)</script>");

  /** Sent as they stand: what no client that encodes would send. */
  private static final List<String> RAW =
      List.of(
          "?q=%",
          "?q=%zz",
          "?q=%C3%28",
          "?q=%FF%FE",
          "?q=%ED%A0%80",
          "?%",
          "?=",
          "?&&&&",
          "?q",
          "?q=a&q=b",
          "?limit=1&limit=2",
          "?%00=1",
          "?q=a;b",
          "?q=a#b",
          "?q=a+b+",
          "?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z",
          "?since=1h&from=2026-01-01T00:00:00Z",
          "?since=1h&since=2h");

  private final SplittableRandom random;
  private final Set<String> paths = new LinkedHashSet<>();

  private OddInputs(long seed) {
    random = new SplittableRandom(seed);
  }

  /** So many different ones. */
  static List<String> of(int count, long seed) {
    OddInputs inputs = new OddInputs(seed);
    inputs.chosen();
    while (inputs.paths.size() < count) {
      inputs.paths.add(inputs.made());
    }
    return new ArrayList<>(inputs.paths).subList(0, count);
  }

  private void chosen() {
    for (String route : ROUTES) {
      RAW.forEach(raw -> paths.add(route + raw));
    }
    EXPRESSIONS.forEach(expression -> paths.add(with(ROUTES.getFirst(), "q", expression)));
    for (String large : large()) {
      paths.add(with(pick(ROUTES), "q", large));
    }
    for (String name : List.of("limit", "step", "cursor", "from", "since", "q", "group_by")) {
      VALUES.forEach(value -> paths.add(with(pick(ROUTES), name, value)));
    }
  }

  /** As large as a request may be, nearly, and beyond. */
  private static List<String> large() {
    return List.of(
        "(".repeat(10_000),
        "(".repeat(10_000) + "a" + ")".repeat(10_000),
        ")".repeat(10_000),
        "NOT ".repeat(5_000) + "a",
        "-".repeat(10_000) + "a",
        "a OR ".repeat(5_000) + "a",
        "a ".repeat(10_000),
        "a AND NOT (b OR ".repeat(1_000) + "c" + ")".repeat(1_000),
        "\"" + "x".repeat(30_000),
        "platform:(" + "a OR ".repeat(3_000) + "b)",
        "message:/" + "(a*)*".repeat(2_000) + "/",
        "message:/" + "(".repeat(5_000) + ")".repeat(5_000) + "/",
        "attributes." + "a.".repeat(5_000) + "b:1",
        "\\".repeat(20_001),
        "y".repeat(70_000));
  }

  private String made() {
    StringBuilder path = new StringBuilder(pick(ROUTES));
    int parameters = random.nextInt(1, 4);
    for (int i = 0; i < parameters; i++) {
      String name = pick(NAMES);
      String value = name.equals("q") ? expression() : pick(VALUES);
      path.append(i == 0 ? '?' : '&').append(encoded(name)).append('=').append(encoded(value));
    }
    return path.toString();
  }

  /** Some of the others, joined or cut in the middle. */
  private String expression() {
    String joined = pick(EXPRESSIONS) + pick(List.of(" ", "", " OR ", " AND ", ":", "("));
    String whole = joined + pick(EXPRESSIONS);
    return random.nextBoolean() ? whole : whole.substring(0, random.nextInt(whole.length() + 1));
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }

  private static String with(String route, String name, String value) {
    return route + '?' + encoded(name) + '=' + encoded(value);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
