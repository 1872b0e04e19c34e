package io.puraify.blackbox.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The built pages, which lie in the jar, beside each text its compressed forms. A file is read when
 * it is first asked for, and kept: all of them together are two megabytes. Safe for any thread.
 */
final class WebFiles {

  /**
   * What may be asked for: names that nothing has to be decoded in and that lead nowhere else, as
   * no part begins with a dot.
   */
  private static final Pattern PATH = Pattern.compile("(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*+)++");

  /** Longer than any name of a built file; keeps what the pattern has to look at short. */
  private static final int MAX_PATH = 200;

  /** The suffix of each compressed form, the smallest first, by its name in HTTP. */
  private static final List<Map.Entry<String, String>> COMPRESSED =
      List.of(Map.entry("br", ".br"), Map.entry("gzip", ".gz"));

  private static final String IDENTITY = "identity";

  private final String folder;
  private final Map<String, WebFile> known = new ConcurrentHashMap<>();

  /**
   * Names where the pages are; reads nothing.
   *
   * @param folder on the class path, such as {@code /web}
   */
  WebFiles(String folder) {
    this.folder = folder;
  }

  /**
   * A file in the smallest form that its reader takes. May read from the disk.
   *
   * @param path such as {@code /assets/index-BkgzG6YW.js}
   * @param acceptEncoding the header of this name, or nothing
   */
  Optional<WebFile> find(String path, String acceptEncoding) {
    if (path.length() > MAX_PATH || !PATH.matcher(path).matches()) {
      return Optional.empty();
    }
    for (Map.Entry<String, String> form : COMPRESSED) {
      if (accepts(acceptEncoding, form.getKey())) {
        Optional<WebFile> file = load(path, form.getKey(), form.getValue());
        if (file.isPresent()) {
          return file;
        }
      }
    }
    return load(path, IDENTITY, "");
  }

  /** Whether a list such as {@code gzip, br;q=0} takes a form. */
  static boolean accepts(String acceptEncoding, String form) {
    for (String item : acceptEncoding.toLowerCase(Locale.ROOT).split(",", -1)) {
      List<String> parts = new ArrayList<>(List.of(item.replace(" ", "").split(";", -1)));
      if (parts.removeFirst().equals(form)) {
        return parts.stream().noneMatch(part -> part.matches("q=0(\\.0*)?"));
      }
    }
    return false;
  }

  private Optional<WebFile> load(String path, String encoding, String suffix) {
    String name = folder + path + suffix;
    // What is missing is not remembered: anyone can ask for any number of names.
    WebFile file = known.get(name);
    if (file == null) {
      try (InputStream stream = WebFiles.class.getResourceAsStream(name)) {
        if (stream == null) {
          return Optional.empty();
        }
        byte[] bytes = stream.readAllBytes();
        file = new WebFile(bytes, WebFile.typeOf(path), encoding, etag(bytes));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + name, e);
      }
      known.put(name, file);
    }
    return Optional.of(file);
  }

  private static String etag(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return '"' + HexFormat.of().formatHex(digest, 0, 16) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
