package io.puraify.blackbox.server.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message with blanks, such as {@code Posted the summary to {channel}}, cut into pieces once so
 * that it is written without making text. Immutable, safe for any thread.
 *
 * <p>A blank is a word list of this class, {@code few} (a number below 10), {@code n} (a number
 * below 100), {@code size} (below 100,000) or {@code id} (six hexadecimal digits).
 */
final class Phrase {

  private static final Pattern BLANK = Pattern.compile("\\{([a-z]+)}");

  private static final Map<String, List<String>> WORDS =
      Map.ofEntries(
          Map.entry(
              "channel",
              List.of(
                  "#sales", "#support", "#alerts", "#leads-eu", "#leads-us", "#billing", "#ops")),
          Map.entry(
              "list",
              List.of("Newsletter", "Trial users", "Churn risk", "Webinar May", "Partners", "VIP")),
          Map.entry(
              "table",
              List.of(
                  "Leads", "Orders", "Invoices", "Inventory", "Contacts", "Tickets", "Projects")),
          Map.entry(
              "field",
              List.of("email", "amount", "currency", "due_date", "owner_id", "phone", "company")),
          Map.entry(
              "page",
              List.of("Weekly report", "Onboarding", "Roadmap", "Meeting notes", "Launch plan")),
          Map.entry("plan", List.of("starter", "team", "business", "enterprise")),
          Map.entry("currency", List.of("EUR", "USD", "GBP", "CHF")));

  /** Writes its part of the message. */
  private interface Piece {
    void write(JsonLine line, Dice dice);
  }

  private final Piece[] pieces;

  private Phrase(List<Piece> pieces) {
    this.pieces = pieces.toArray(Piece[]::new);
  }

  /** Reads a phrase; throws an {@link IllegalArgumentException} where a blank is unknown. */
  static Phrase of(String text) {
    List<Piece> pieces = new ArrayList<>();
    Matcher blank = BLANK.matcher(text);
    int from = 0;
    while (blank.find()) {
      pieces.add(literal(text.substring(from, blank.start())));
      pieces.add(blank(blank.group(1)));
      from = blank.end();
    }
    pieces.add(literal(text.substring(from)));
    return new Phrase(pieces);
  }

  private static Piece literal(String text) {
    byte[] bytes = JsonLine.piece(JsonLine.escaped(text));
    return (line, dice) -> line.put(bytes);
  }

  private static Piece blank(String name) {
    return switch (name) {
      case "few" -> (line, dice) -> line.number(1 + dice.below(9));
      case "n" -> (line, dice) -> line.number(1 + dice.below(99));
      case "size" -> (line, dice) -> line.number(1 + dice.below(99_999));
      case "id" -> (line, dice) -> line.hex(dice.next(), 6);
      default -> {
        List<String> words = WORDS.get(name);
        if (words == null) {
          throw new IllegalArgumentException("no words for the blank {" + name + "}");
        }
        byte[][] choices = words.stream().map(JsonLine::piece).toArray(byte[][]::new);
        yield (line, dice) -> line.put(choices[dice.below(choices.length)]);
      }
    };
  }

  /** Writes the phrase, its blanks filled by {@code dice}. */
  void write(JsonLine line, Dice dice) {
    for (Piece piece : pieces) {
      piece.write(line, dice);
    }
  }
}
