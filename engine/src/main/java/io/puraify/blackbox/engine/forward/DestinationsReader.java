package io.puraify.blackbox.engine.forward;

import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.engine.outgoing.HttpPost;
import io.puraify.blackbox.engine.query.QueryLanguage;
import io.puraify.blackbox.engine.query.QuerySyntaxException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Reads where events are forwarded to: an object with, for each name, its {@code kind} and what the
 * kind needs. A secret may be in a file of its own, {@code api_key_file} for {@code api_key}.
 */
public final class DestinationsReader {

  /** Each is a thread, a connection and a reader of the journal. */
  private static final int MOST = 10;

  private static final String NAMES = "[a-z0-9_-]{1,40}";

  private static final Map<String, Set<String>> MEMBERS =
      Map.of(
          "datadog", Set.of("kind", "filter", "site", "url", "api_key", "api_key_file"),
          "sentry", Set.of("kind", "filter", "dsn", "dsn_file"));

  private final HttpPost http;
  private final Filter errorEvents;
  private final List<Problem.Item> errors = new ArrayList<>();
  private final List<Forward> forwards = new ArrayList<>();

  private DestinationsReader(HttpPost http, Filter errorEvents) {
    this.http = http;
    this.errorEvents = errorEvents;
  }

  /**
   * Reads destinations.
   *
   * @param errorEvents which events are errors: what Sentry gets where no filter is given
   * @throws ProblemException with a JSON pointer for each place that is wrong
   */
  public static List<Forward> read(JsonNode document, HttpPost http, Filter errorEvents) {
    DestinationsReader reader = new DestinationsReader(http, errorEvents);
    JsonNode destinations = document.path("destinations");
    destinations
        .properties()
        .forEach(each ->
            reader.destination(each.getKey(), "/destinations/" + each.getKey(), each.getValue()));
    if (destinations.isEmpty() || destinations.size() > MOST) {
      reader.error(
          "/destinations",
          "an object with a destination for each name was expected, %d at most".formatted(MOST));
    }
    if (!reader.errors.isEmpty()) {
      throw new ProblemException(
          new Problem(
              400,
              "invalid-destinations",
              "The destinations cannot be used",
              String.join(
                  "; ", reader.errors.stream().map(e -> e.pointer() + ": " + e.detail()).toList()),
              reader.errors));
    }
    return List.copyOf(reader.forwards);
  }

  private void error(String pointer, String detail) {
    errors.add(new Problem.Item(null, pointer, detail));
  }

  private void destination(String name, String pointer, JsonNode node) {
    if (!name.matches(NAMES)) {
      error(pointer, "a name of at most 40 of a to z, 0 to 9, _ and - was expected");
    }
    String kind = node.path("kind").asString("");
    if (!MEMBERS.containsKey(kind)) {
      error(pointer + "/kind", "one of datadog and sentry was expected");
      return;
    }
    if (!areTexts(kind, pointer, node)) {
      return;
    }
    Optional<? extends Destination> destination =
        kind.equals("datadog") ? datadog(pointer, node) : sentry(pointer, node);
    Filter filter = filter(pointer, node, kind.equals("sentry") ? errorEvents : Filter.ALL);
    destination.ifPresent(it -> forwards.add(new Forward(name, it, filter)));
  }

  /** A filter that is no text must not be taken for one that means everything. */
  private boolean areTexts(String kind, String pointer, JsonNode node) {
    boolean texts = true;
    for (String member : node.propertyNames()) {
      if (!MEMBERS.getOrDefault(kind, Set.of()).contains(member)) {
        error(pointer + "/" + member, "there is no such member of kind " + kind);
      } else if (!node.path(member).isString()) {
        error(
            pointer + "/" + member,
            "a text was expected, in quotation marks where it looks like something else");
        texts = false;
      }
    }
    return texts;
  }

  private Filter filter(String pointer, JsonNode node, Filter otherwise) {
    if (!node.has("filter")) {
      return otherwise;
    }
    try {
      return QueryLanguage.parse(node.path("filter").asString(""));
    } catch (QuerySyntaxException e) {
      error(pointer + "/filter", "" + e.getMessage());
      return otherwise;
    }
  }

  private Optional<DatadogDestination> datadog(String pointer, JsonNode node) {
    Optional<String> given = text(pointer, node, "api_key");
    String key = given.orElse("");
    boolean usable = key.matches("[\\x21-\\x7e]+");
    if (given.isPresent() && !usable) {
      error(pointer + "/api_key", "an API key of Datadog was expected");
    }
    String site = node.path("site").asString(DatadogDestination.SITE);
    String url = node.path("url").asString("");
    if (node.has("site") && node.has("url")) {
      error(pointer + "/url", "site and url exclude each other");
    } else if (!site.matches("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+")) {
      error(pointer + "/site", "a site of Datadog was expected, such as datadoghq.eu");
    } else if (node.has("url") && !url.matches("https?://[^\\s/@]+(/[^\\s]*)?")) {
      error(pointer + "/url", "an http or https URL without user and password was expected");
    } else if (usable) {
      try {
        URI uri = node.has("url") ? URI.create(url) : DatadogDestination.url(site);
        return Optional.of(new DatadogDestination(http, uri, key));
      } catch (IllegalArgumentException e) {
        error(pointer + "/url", "an http or https URL was expected");
      }
    }
    return Optional.empty();
  }

  private Optional<SentryDestination> sentry(String pointer, JsonNode node) {
    Optional<String> given = text(pointer, node, "dsn");
    Optional<SentryDsn> dsn = given.flatMap(SentryDsn::parse);
    if (given.isPresent() && dsn.isEmpty()) {
      error(pointer + "/dsn", "a DSN was expected, such as https://KEY@o1.ingest.sentry.io/42");
    }
    return dsn.map(it -> new SentryDestination(http, it));
  }

  /** A secret, or nothing where it is told already what is wrong with where it is. */
  private Optional<String> text(String pointer, JsonNode node, String name) {
    if (!node.has(name + "_file")) {
      return Optional.of(node.path(name).asString(""));
    }
    if (node.has(name)) {
      error(
          pointer + "/" + name + "_file", "%1$s and %1$s_file exclude each other".formatted(name));
      return Optional.empty();
    }
    String file = node.path(name + "_file").asString("");
    if (file.isBlank()) {
      error(pointer + "/" + name + "_file", "the path of a file was expected");
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(Path.of(file)).strip());
    } catch (IOException | InvalidPathException e) {
      error(
          pointer + "/" + name + "_file", "%s cannot be read: %s".formatted(file, e.getMessage()));
      return Optional.empty();
    }
  }
}
