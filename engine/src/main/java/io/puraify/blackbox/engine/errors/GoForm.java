package io.puraify.blackbox.engine.errors;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Traces of Go: of a panic, of which the first goroutine counts, and of errors that carry their
 * stack.
 */
final class GoForm implements TraceForm {

  private static final Pattern PLACE = Pattern.compile("\\s+(\\S.*\\.(?:go|s)):\\d++(?: \\+0x.*)?");
  private static final Pattern CALL =
      Pattern.compile("((?:created by )?[\\w/\\-~%@][\\w./\\-~%@]*[.(].*)");
  private static final Pattern GOROUTINE = Pattern.compile("goroutine \\d++ \\[.*");

  /**
   * A panic with a value of a type of its own: {@code main.Broken{…}} or {@code (main.Broken) …}.
   */
  private static final Pattern VALUE = Pattern.compile("\\(?([\\w/]++\\.\\w++)(?:\\{.*|\\) .*)");

  @Override
  public List<Thrown> parse(List<String> lines) {
    List<Frame> frames = new ArrayList<>();
    Header header = Header.NONE;
    boolean started = false;
    String before = "";
    for (String line : lines) {
      Matcher place = PLACE.matcher(line);
      Matcher call = CALL.matcher(before);
      if (place.matches() && call.matches()) {
        frames.add(frame(call.group(1), place.group(1)));
      } else if (GOROUTINE.matcher(line).matches()) {
        if (started && !frames.isEmpty()) {
          break;
        }
        started = true;
      } else if (header.equals(Header.NONE)) {
        header = header(line);
      }
      before = line;
    }
    return List.of(new Thrown(header.type(), header.message(), frames));
  }

  private static Header header(String line) {
    String text = line.strip();
    if (text.startsWith("fatal error: ")) {
      return new Header(text, "");
    }
    if (!text.startsWith("panic: ")) {
      return new Header("", text);
    }
    String value = text.substring("panic: ".length());
    if (value.startsWith("runtime error: ")) {
      int details = value.indexOf(" [");
      return new Header(details < 0 ? value : value.substring(0, details), value);
    }
    Matcher typed = VALUE.matcher(value);
    return new Header(typed.matches() ? typed.group(1) : "panic", value);
  }

  private static Frame frame(String text, String file) {
    String call = text.startsWith("created by ") ? text.substring("created by ".length()) : text;
    int in = call.indexOf(" in goroutine ");
    call = in < 0 ? call : call.substring(0, in);
    int arguments = call.endsWith(")") ? call.lastIndexOf('(') : -1;
    // A receiver is in parentheses too, and a name follows it.
    call = arguments > 0 ? call.substring(0, arguments) : call;
    int dot = call.indexOf('.', call.lastIndexOf('/') + 1);
    return dot < 0
        ? new Frame("", call, file)
        : new Frame(call.substring(0, dot), call.substring(dot + 1), file);
  }
}
