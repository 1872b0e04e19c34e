package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.engine.audit.AttributeChange;
import io.puraify.blackbox.engine.audit.AuditMark;
import io.puraify.blackbox.engine.audit.AuditPublicKey;
import io.puraify.blackbox.engine.audit.Checkpoint;
import io.puraify.blackbox.engine.audit.InclusionProof;
import io.puraify.blackbox.engine.audit.TimelineEntry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The HTML of a report: what happened, and the proof that it was recorded like this. */
final class AuditReport {

  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <title>Audit report</title>
      <style>
      body { font: 14px/1.4 system-ui, sans-serif; margin: 2rem; color: #111; background: #fff }
      table { border-collapse: collapse; width: 100% }
      th, td { border-bottom: 1px solid #ccc; padding: .3rem .5rem; text-align: left; vertical-align: top }
      td { overflow-wrap: anywhere; white-space: pre-wrap }
      thead { display: table-header-group }
      tr { break-inside: avoid }
      dt { font-weight: 600 }
      pre, code { font: 12px/1.4 ui-monospace, monospace; overflow-wrap: anywhere; white-space: pre-wrap }
      @media print { body { margin: 0; font-size: 10px } pre, code { font-size: 9px } }
      </style>
      </head>
      <body>
      <h1>Audit report</h1>
      """;

  private AuditReport() {}

  /**
   * What a report says.
   *
   * @param asked the parameters that it was asked for with
   * @param complete whether these are all entries that match
   * @param proofs by position; not every entry has one
   */
  record Content(
      Map<String, List<String>> asked,
      Instant made,
      List<TimelineEntry> entries,
      boolean complete,
      Map<Long, InclusionProof> proofs,
      AuditPublicKey key) {}

  static byte[] html(Content content) {
    StringBuilder html = new StringBuilder(HEAD);
    summary(html, content);
    table(html, content);
    proof(html, content);
    html.append("</body>\n</html>\n");
    return html.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void summary(StringBuilder html, Content content) {
    String asked =
        content.asked().entrySet().stream()
            .flatMap(each -> each.getValue().stream().map(value -> each.getKey() + "=" + value))
            .sorted()
            .collect(Collectors.joining("\n"));
    int entries = content.entries().size();
    html.append("<dl>\n");
    term(html, "Asked for", asked.isEmpty() ? "everything" : asked);
    term(html, "Made at", content.made().toString());
    term(
        html,
        "Entries",
        content.complete()
            ? "%d, which are all".formatted(entries)
            : "%d; there are more".formatted(entries));
    term(html, "Proven", "%d of them".formatted(content.proofs().size()));
    term(html, "Key", content.key().fingerprint());
    html.append("</dl>\n");
  }

  private static void term(StringBuilder html, String name, String text) {
    html.append("<dt>").append(name).append("</dt><dd>").append(Html.escape(text));
    html.append("</dd>\n");
  }

  private static void table(StringBuilder html, Content content) {
    html.append("<table>\n<thead><tr>");
    for (String name :
        List.of("When", "Project", "Who", "What", "Where", "Result", "Mark", "Details", "Proof")) {
      html.append("<th>").append(name).append("</th>");
    }
    html.append("</tr></thead>\n<tbody>\n");
    for (TimelineEntry entry : content.entries()) {
      Event event = entry.event();
      html.append("<tr>");
      cell(html, Micros.format(event.timestampMicros()));
      cell(html, event.projectId());
      cell(html, entry.who());
      cell(html, entry.what());
      cell(html, entry.where());
      cell(html, entry.result());
      cell(html, entry.mark().map(AuditMark::label).orElse(null));
      cell(html, details(entry));
      boolean proven = content.proofs().containsKey(event.position());
      cell(html, proven ? "position " + event.position() : "not proven");
      html.append("</tr>\n");
    }
    html.append("</tbody>\n</table>\n");
  }

  private static void cell(StringBuilder html, @Nullable String text) {
    html.append("<td>").append(text == null ? "" : Html.escape(text)).append("</td>");
  }

  private static String details(TimelineEntry entry) {
    StringBuilder details = new StringBuilder();
    String message = entry.event().text(Field.MESSAGE);
    if (message != null) {
      details.append(message);
    }
    for (AttributeChange change : entry.changes()) {
      details.append(details.isEmpty() ? "" : "\n").append(change.path()).append(": ");
      details.append(change.before() == null ? "(none)" : change.before()).append(" → ");
      details.append(change.after() == null ? "(none)" : change.after());
    }
    long left = entry.changeCount() - entry.changes().size();
    return left > 0 ? details + "\n… and %d more changes".formatted(left) : details.toString();
  }

  private static void proof(StringBuilder html, Content content) {
    html.append("<h2>Proof</h2>\n");
    if (content.proofs().isEmpty()) {
      html.append("<p>None of the entries is proven.</p>\n");
      return;
    }
    Checkpoint checkpoint = content.proofs().values().iterator().next().checkpoint();
    html.append(
        """
        <p>Every proven entry is a part of the tree whose root this checkpoint states. The checkpoint
        is signed with the key below; compare its fingerprint with one that you have from elsewhere.
        This page holds the rest as JSON, in its element with the id <code>proof</code>: the
        canonical form of each event, whose SHA-256 is among the digests of its leaf, and the path
        from the leaf to the root.</p>
        """);
    html.append("<pre>").append(Html.escape(checkpoint.content().text())).append("</pre>\n");
    html.append("<p>Signature (Ed25519)</p>\n<pre>");
    html.append(Base64.getEncoder().encodeToString(checkpoint.signature())).append("</pre>\n");
    html.append("<p>Public key</p>\n<pre>");
    html.append(Html.escape(content.key().pem())).append("</pre>\n");
    List<Event> events = content.entries().stream().map(TimelineEntry::event).toList();
    byte[] json = AuditJson.inclusions(events, content.proofs(), checkpoint, content.key());
    html.append("<script type=\"application/json\" id=\"proof\">");
    html.append(Html.data(new String(json, StandardCharsets.UTF_8)));
    html.append("</script>\n");
  }
}
