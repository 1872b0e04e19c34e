package io.puraify.blackbox.engine.errors;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The part of a file's path that stays the same wherever the code is put: its name and, where that
 * is no root of a deployment, its folder.
 */
final class SourcePath {

  private static final Set<String> ROOTS =
      Set.of(
          "app",
          "apps",
          "src",
          "code",
          "srv",
          "opt",
          "dist",
          "build",
          "current",
          "release",
          "releases",
          "workspace",
          "www",
          "html",
          "task",
          "root",
          "usr",
          "tmp",
          "lib",
          "bin",
          "js",
          "assets",
          "static",
          "chunks",
          "bundle",
          "public",
          ".",
          "..",
          "");

  /** Folders of people and of releases, whose parts come in any number. */
  private static final Set<String> BEFORE_NAMES = Set.of("home", "Users", "releases", "users");

  /** A date, a build number or a commit. */
  private static final Pattern VARIABLE = Pattern.compile(".*\\d{4}.*|v?\\d[\\d.]*+|[0-9a-f]{7,}");

  private SourcePath() {}

  static String stable(String path) {
    List<String> parts = List.of(path.replace('\\', '/').split("/"));
    String name = parts.getLast();
    if (parts.size() < 2) {
      return name;
    }
    String folder = parts.get(parts.size() - 2);
    boolean named = parts.size() > 2 && BEFORE_NAMES.contains(parts.get(parts.size() - 3));
    boolean fixed = !ROOTS.contains(folder) && !named && !VARIABLE.matcher(folder).matches();
    return fixed && !folder.endsWith(":") ? folder + "/" + name : name;
  }
}
