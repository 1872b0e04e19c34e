package io.puraify.blackbox.engine.errors;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Traces of the Java virtual machine, as {@code Throwable.printStackTrace} and the usual logging
 * libraries print them. Suppressed exceptions are left out: they come and go with timing.
 */
final class JavaForm implements TraceForm {

  /** The call, and in parentheses where it is; behind them the jar, where a logger says it. */
  private static final Pattern FRAME =
      Pattern.compile(
          "\\s*+at ([^\\s(]++)\\("
              + "((?:[^()\\s:]+\\.(?:java|kt|kts|scala|groovy|clj)|SourceFile|[Uu]nknown Source)"
              + "(?::-?\\d++)?|Native Method|<generated>|<unknown>|[\\w$]++:\\d++)\\).*+");

  private static final String CAUSE = "Caused by: ";
  private static final String ROOT_FIRST = "Wrapped by: ";
  private static final String SUPPRESSED = "Suppressed: ";
  private static final Pattern THREAD = Pattern.compile("Exception in thread \"[^\"]*+\" ");

  @Override
  public List<Thrown> parse(List<String> lines) {
    List<Thrown> chain = new ArrayList<>();
    Header header = Header.NONE;
    List<Frame> frames = new ArrayList<>();
    boolean rootFirst = false;
    int suppressedIndent = -1;
    boolean any = false;
    for (String line : lines) {
      String text = line.strip();
      int indent = line.indexOf(text);
      if (suppressedIndent >= 0 && indent < suppressedIndent) {
        suppressedIndent = -1;
      }
      if (text.startsWith(SUPPRESSED) && any) {
        suppressedIndent = suppressedIndent < 0 ? indent : suppressedIndent;
      }
      if (suppressedIndent >= 0) {
        // A frame of the one that is suppressed stands further in, and ends with its indent.
        continue;
      }
      Frame frame = frame(line);
      if (frame != null) {
        frames.add(frame);
        any = true;
      } else if (text.startsWith(CAUSE) || text.startsWith(ROOT_FIRST)) {
        rootFirst |= text.startsWith(ROOT_FIRST);
        chain.add(new Thrown(header.type(), header.message(), frames));
        header = Header.of(text.substring(CAUSE.length()));
        frames = new ArrayList<>();
      } else if (!any && header.type().isEmpty()) {
        header = Header.of(THREAD.matcher(text).replaceFirst(""));
      }
    }
    chain.add(new Thrown(header.type(), header.message(), frames));
    if (rootFirst) {
      Collections.reverse(chain);
    }
    return chain;
  }

  private static @Nullable Frame frame(String line) {
    Matcher matcher = FRAME.matcher(line);
    if (!matcher.matches()) {
      return null;
    }
    String call = matcher.group(1);
    int dot = call.lastIndexOf('.');
    if (dot < 0) {
      return null;
    }
    return new Frame(call.substring(0, dot), call.substring(dot + 1), matcher.group(2));
  }
}
