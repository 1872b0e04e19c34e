package io.puraify.blackbox.engine.errors;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Traces of V8 (Node.js, Chrome) and those of Firefox and Safari. */
final class JavaScriptForm implements TraceForm {

  private static final Pattern CALL = Pattern.compile("at (.+?) \\((.+)\\)");
  private static final Pattern PLACE = Pattern.compile("at (?:async )?(\\S+:\\d++:\\d++)");
  private static final Pattern AT_SIGN = Pattern.compile("([^@\\s]*+)@(\\S+:\\d++(?::\\d++)?)");

  /** What V8 says instead of, or with, lines and columns. */
  private static final Pattern POSITION =
      Pattern.compile("(.+?)(?::\\d++){1,2}|native|<anonymous>|index \\d++");

  private static final Pattern CAUSE = Pattern.compile("\\[cause]: (.*)|Caused by: (.*)");

  private static final Pattern ERROR =
      Pattern.compile("(?:Uncaught )?(?:\\(in promise\\) )?([\\w$.]*+(?:: .*+)?)");

  @Override
  public List<Thrown> parse(List<String> lines) {
    List<Thrown> chain = new ArrayList<>();
    Header header = Header.NONE;
    List<Frame> frames = new ArrayList<>();
    boolean any = false;
    for (String line : lines) {
      String text = line.strip();
      Frame frame = frame(text);
      Matcher cause = CAUSE.matcher(text);
      if (frame != null) {
        frames.add(frame);
        any = true;
      } else if (cause.matches() && any) {
        chain.add(new Thrown(header.type(), header.message(), frames));
        header = header(cause.group(1) == null ? cause.group(2) : cause.group(1));
        frames = new ArrayList<>();
      } else if (!any && !named(header)) {
        Header here = header(text);
        header = named(here) || header.type().isEmpty() ? here : header;
      }
    }
    chain.add(new Thrown(header.type(), header.message(), frames));
    return chain;
  }

  /** Node.js prints the line of code first, which is no header. */
  private static boolean named(Header header) {
    return header.type().endsWith("Error") || header.type().endsWith("Exception");
  }

  private static Header header(String text) {
    Matcher error = ERROR.matcher(text);
    return Header.of(error.matches() ? error.group(1) : text);
  }

  private static @Nullable Frame frame(String text) {
    String plain = text.endsWith(" {") ? text.substring(0, text.length() - 2) : text;
    Matcher call = CALL.matcher(plain);
    if (call.matches()) {
      Matcher position = POSITION.matcher(call.group(2));
      return position.matches() ? new Frame("", call.group(1), file(position)) : null;
    }
    Matcher place = PLACE.matcher(plain);
    if (place.matches()) {
      Matcher position = POSITION.matcher(place.group(1));
      return position.matches() ? new Frame("", "", file(position)) : null;
    }
    Matcher sign = AT_SIGN.matcher(plain);
    if (sign.matches()) {
      Matcher position = POSITION.matcher(sign.group(2));
      return position.matches() ? new Frame("", sign.group(1), file(position)) : null;
    }
    return null;
  }

  private static String file(Matcher position) {
    return position.group(1) == null ? position.group() : position.group(1);
  }
}
