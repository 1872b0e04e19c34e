package io.puraify.blackbox.engine.forward;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * Where a Sentry project takes events, from the DSN that Sentry shows for it: {@code
 * https://KEY@o1.ingest.sentry.io/42}.
 *
 * @param url of the project's envelopes
 * @param key its public key
 */
record SentryDsn(URI url, String key) {

  /** Reads a DSN, or nothing where the text is none. */
  static Optional<SentryDsn> parse(String text) {
    URI dsn;
    try {
      dsn = new URI(text);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
    String user = dsn.getUserInfo();
    String path = dsn.getPath() == null ? "" : dsn.getPath();
    int slash = path.lastIndexOf('/');
    boolean web = "https".equals(dsn.getScheme()) || "http".equals(dsn.getScheme());
    if (!web || user == null || dsn.getHost() == null || slash < 0 || slash + 1 == path.length()) {
      return Optional.empty();
    }
    // Older ones have a secret behind a colon, which is not needed any more.
    String key = user.split(":", 2)[0];
    if (!key.matches("[0-9A-Za-z_-]+")) {
      return Optional.empty();
    }
    String port = dsn.getPort() < 0 ? "" : ":" + dsn.getPort();
    String project = path.substring(slash + 1);
    return Optional.of(
        new SentryDsn(
            URI.create(
                "%s://%s%s%s/api/%s/envelope/"
                    .formatted(
                        dsn.getScheme(), dsn.getHost(), port, path.substring(0, slash), project)),
            key));
  }
}
