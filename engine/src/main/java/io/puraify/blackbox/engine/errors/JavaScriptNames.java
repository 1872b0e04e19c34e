package io.puraify.blackbox.engine.errors;

import java.util.regex.Pattern;

/** Names in JavaScript, with what bundlers make of them. */
final class JavaScriptNames implements FrameNames {

  private static final Pattern LIBRARY =
      Pattern.compile(
          "node_modules/|^node:|^internal/|^native$|^<anonymous>$|^index \\d"
              + "|^(?:chrome|moz|safari-web)-extension:|/webpack/(?:bootstrap|runtime)");

  /** A hash of the content in a file's name: {@code main.3f2a9c1b.js}, {@code app-BxK2d9Qa.js}. */
  private static final Pattern CONTENT_HASH =
      Pattern.compile("[.-](?=[A-Za-z_]*\\d)[0-9A-Za-z_]{8,32}(?=\\.|$)");

  private static final Pattern PREFIX =
      Pattern.compile("^(?:webpack(?:-internal)?:///?|file://|https?://[^/]*+)");

  private static final Pattern QUERY = Pattern.compile("[?#].*+$");
  private static final Pattern ALIAS = Pattern.compile(" \\[as [^]]*+]|^async |^Object\\.");

  @Override
  public String stable(Frame frame) {
    String path = path(frame.file());
    int modules = path.lastIndexOf("node_modules/");
    String whole =
        modules >= 0 ? path.substring(modules + "node_modules/".length()) : SourcePath.stable(path);
    String file = CONTENT_HASH.matcher(whole).replaceFirst("");
    boolean bundled = !file.equals(whole) || file.contains(".min.");
    String function = ALIAS.matcher(frame.function()).replaceAll("");
    // Shortened names change from build to build.
    boolean shortened = bundled && function.length() <= 2;
    boolean anonymous = function.isEmpty() || function.equals("<anonymous>") || shortened;
    return file + ":" + (anonymous ? "?" : function);
  }

  private static String path(String file) {
    String local = PREFIX.matcher(file).replaceFirst("");
    return QUERY.matcher(local).replaceFirst("");
  }

  @Override
  public boolean generated(Frame frame) {
    return frame.function().startsWith("eval at ")
        || frame.function().equals("__awaiter")
        || frame.function().startsWith("Generator.next")
        || frame.function().equals("asyncGeneratorStep");
  }

  @Override
  public boolean library(Frame frame) {
    return LIBRARY.matcher(frame.file()).find();
  }
}
