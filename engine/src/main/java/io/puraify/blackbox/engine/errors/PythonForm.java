package io.puraify.blackbox.engine.errors;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Traces of Python, also those of exception groups; the outermost call is printed first. */
final class PythonForm implements TraceForm {

  private static final Pattern FRAME =
      Pattern.compile("\\s*+File \"([^\"]*+)\", line \\d++(?:, in (.++))?");

  private static final Pattern MARGIN = Pattern.compile("^\\s*+[|+]");

  @Override
  public List<Thrown> parse(List<String> lines) {
    List<Thrown> chain = new ArrayList<>();
    List<Frame> frames = new ArrayList<>();
    int indent = 0;
    for (String line : lines) {
      String text = MARGIN.matcher(line).replaceFirst("");
      Matcher frame = FRAME.matcher(text);
      if (frame.matches()) {
        if (frames.isEmpty()) {
          indent = indent(text);
        }
        String function = frame.group(2) == null ? "" : frame.group(2);
        frames.add(new Frame("", function, frame.group(1)));
      } else if (!frames.isEmpty() && indent(text) < indent) {
        Header header = Header.of(text);
        Collections.reverse(frames);
        chain.add(new Thrown(header.type(), header.message(), frames));
        frames = new ArrayList<>();
      }
    }
    if (!frames.isEmpty()) {
      Collections.reverse(frames);
      chain.add(new Thrown("", "", frames));
    }
    // What was raised last is printed last.
    Collections.reverse(chain);
    return chain;
  }

  private static int indent(String line) {
    return line.length() - line.stripLeading().length();
  }
}
