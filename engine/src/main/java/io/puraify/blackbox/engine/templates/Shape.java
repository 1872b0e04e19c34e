package io.puraify.blackbox.engine.templates;

/**
 * How a template is shown: a text for each of its tokens. Immutable.
 *
 * @param tokens as many as fit into {@link #MOST_CHARACTERS}
 * @param spaced whether there is white space before each token
 */
record Shape(String[] tokens, boolean[] spaced) {

  /** Longer texts are cut; nobody reads them, and many templates are held in memory. */
  static final int MOST_CHARACTERS = 2_048;

  static Shape of(Tokens read) {
    int size = 0;
    int characters = 0;
    while (size < read.size && characters < MOST_CHARACTERS) {
      characters += Math.min(length(read, size), MOST_CHARACTERS) + 1;
      size++;
    }
    String[] tokens = new String[size];
    boolean[] spaced = new boolean[size];
    for (int i = 0; i < size; i++) {
      tokens[i] = shown(read, i);
      spaced[i] = i > 0 && read.ends[i - 1] < read.starts[i];
    }
    return new Shape(tokens, spaced);
  }

  private static int length(Tokens read, int at) {
    return read.kinds[at] == Tokens.VALUE ? 0 : read.ends[at] - read.starts[at];
  }

  private static String shown(Tokens read, int at) {
    if (read.kinds[at] == Tokens.VALUE) {
      return read.rules[at].placeholder();
    }
    int end = Math.min(read.ends[at], read.starts[at] + MOST_CHARACTERS);
    String text = read.text.substring(read.starts[at], end);
    return read.kinds[at] == Tokens.NUMBERED_WORD ? Names.masked(text) : text;
  }

  /** What this and another shape of as many tokens have in common. */
  Shape with(Shape other) {
    String[] common = tokens.clone();
    for (int i = 0; i < Math.min(common.length, other.tokens.length); i++) {
      if (!common[i].equals(other.tokens[i])) {
        common[i] = Rule.VARIES.placeholder();
      }
    }
    return new Shape(common, spaced);
  }

  /** Whether different words or values were seen in a place. */
  boolean varies(int place) {
    return place < tokens.length && tokens[place].equals(Rule.VARIES.placeholder());
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < tokens.length; i++) {
      if (spaced[i]) {
        text.append(' ');
      }
      text.append(tokens[i]);
    }
    if (text.length() > MOST_CHARACTERS) {
      text.setLength(MOST_CHARACTERS);
      text.append('…');
    }
    return text.toString();
  }
}
