package io.puraify.blackbox.e2e.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A document, as far as tests look at it.
 *
 * @param blocks those between fences, in order
 * @param prose the lines outside of them; empty ones in place of the blocks
 */
record Markdown(Path file, List<Block> blocks, List<String> prose) {

  private static final String FENCE = "```";
  private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("#{1,6} (.*)");

  /**
   * What stands between fences.
   *
   * @param info the words behind the opening fence, such as {@code sh run}
   * @param line of the opening fence, from 1
   */
  record Block(String info, String text, int line) {}

  /**
   * A link.
   *
   * @param label what is shown of it
   * @param target where it leads, as it is written
   */
  record Link(String label, String target, int line) {}

  static Markdown read(Path file) {
    List<Block> blocks = new ArrayList<>();
    List<String> prose = new ArrayList<>();
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).startsWith(FENCE)) {
        prose.add(lines.get(i));
        continue;
      }
      int begin = i++;
      while (i < lines.size() && !lines.get(i).equals(FENCE)) {
        i++;
      }
      if (i == lines.size()) {
        throw new IllegalStateException(
            "%s:%d: the block is not closed".formatted(file, begin + 1));
      }
      String info = lines.get(begin).substring(FENCE.length()).strip();
      blocks.add(new Block(info, String.join("\n", lines.subList(begin + 1, i)), begin + 1));
      for (int line = begin; line <= i; line++) {
        prose.add("");
      }
    }
    return new Markdown(file, blocks, prose);
  }

  List<Link> links() {
    List<Link> links = new ArrayList<>();
    for (int i = 0; i < prose.size(); i++) {
      Matcher link = LINK.matcher(prose.get(i));
      while (link.find()) {
        links.add(new Link(link.group(1), link.group(2), i + 1));
      }
    }
    return links;
  }

  /** What a link can name behind {@code #}, as GitHub makes it from the headings. */
  List<String> anchors() {
    return prose.stream()
        .map(HEADING::matcher)
        .filter(Matcher::matches)
        .map(heading -> anchor(heading.group(1)))
        .collect(Collectors.toList());
  }

  private static String anchor(String heading) {
    return heading
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .strip()
        .replace(' ', '-');
  }
}
