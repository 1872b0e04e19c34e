package io.puraify.blackbox.engine.errors;

import java.util.regex.Pattern;

/** Names in Python. */
final class PythonNames implements FrameNames {

  private static final Pattern LIBRARY =
      Pattern.compile("/(?:site|dist)-packages/|[/\\\\]lib[/\\\\]python\\d|\\\\Lib\\\\|^<frozen ");

  private static final Pattern IPYTHON = Pattern.compile("<ipython-input-[^>]*+>");

  @Override
  public String stable(Frame frame) {
    String file = IPYTHON.matcher(frame.file()).replaceFirst("<ipython>");
    int packages = file.indexOf("-packages/");
    String place =
        packages >= 0 ? file.substring(packages + "-packages/".length()) : SourcePath.stable(file);
    return place + ":" + frame.function();
  }

  @Override
  public boolean generated(Frame frame) {
    return frame.file().equals("<string>") || frame.file().startsWith("<attrs generated");
  }

  @Override
  public boolean library(Frame frame) {
    return LIBRARY.matcher(frame.file()).find();
  }
}
