package io.puraify.blackbox.engine.errors;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Traces of .NET. The innermost exception's frames are printed first, all types on the lines before
 * them.
 */
final class DotNetForm implements TraceForm {

  private static final Pattern FRAME =
      Pattern.compile(
          "\\s*+at ((?:[^\\s(\\[]|\\[[^]]*+]++)++)\\(([^)]*+)\\)(?: in (.+?)(?::line \\d++)?)?");

  private static final String INNER = "---> ";
  private static final String INNER_ENDS = "--- End of inner exception stack trace ---";
  private static final Pattern UNHANDLED = Pattern.compile("^Unhandled exception\\. ");

  /** Of an aggregate's further exceptions: {@code (Inner Exception #0)}. */
  private static final Pattern NUMBERED = Pattern.compile("^\\(Inner Exception #\\d++\\) ");

  @Override
  public List<Thrown> parse(List<String> lines) {
    List<Header> headers = new ArrayList<>();
    List<List<Frame>> stacks = new ArrayList<>();
    List<Frame> frames = new ArrayList<>();
    boolean any = false;
    for (String line : lines) {
      String text = line.strip();
      Frame frame = frame(line);
      if (frame != null) {
        frames.add(frame);
        any = true;
      } else if (text.equals(INNER_ENDS)) {
        stacks.add(frames);
        frames = new ArrayList<>();
      } else if (any && text.startsWith(INNER)) {
        // An aggregate lists further exceptions behind its own frames; the first says enough.
        break;
      } else if (!any) {
        headers(text, headers);
      }
    }
    stacks.add(frames);
    return chain(headers, stacks);
  }

  private static void headers(String text, List<Header> headers) {
    String rest = UNHANDLED.matcher(text).replaceFirst("");
    boolean inner = rest.startsWith(INNER);
    if (!headers.isEmpty() && !inner && !rest.contains(" " + INNER)) {
      return;
    }
    for (String part : (inner ? rest.substring(INNER.length()) : rest).split(" " + INNER, -1)) {
      headers.add(Header.of(NUMBERED.matcher(part).replaceFirst("")));
    }
  }

  private static List<Thrown> chain(List<Header> headers, List<List<Frame>> stacks) {
    List<Thrown> chain = new ArrayList<>();
    int length = Math.max(headers.size(), stacks.size());
    for (int i = 0; i < length; i++) {
      Header header = i < headers.size() ? headers.get(i) : Header.NONE;
      int stack = length - 1 - i;
      List<Frame> frames = stack < stacks.size() ? stacks.get(stack) : List.of();
      chain.add(new Thrown(header.type(), header.message(), frames));
    }
    return chain;
  }

  private static @Nullable Frame frame(String line) {
    Matcher matcher = FRAME.matcher(line);
    if (!matcher.matches()) {
      return null;
    }
    String call = matcher.group(1);
    // Constructors are called .ctor, with a dot of their own.
    int dot = call.lastIndexOf('.');
    dot = dot > 0 && call.charAt(dot - 1) == '.' ? dot - 1 : dot;
    if (dot < 0) {
      return null;
    }
    String file = matcher.group(3) == null ? "" : matcher.group(3);
    return new Frame(call.substring(0, dot), call.substring(dot + 1), file);
  }
}
