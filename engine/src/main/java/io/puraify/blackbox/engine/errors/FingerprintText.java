package io.puraify.blackbox.engine.errors;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.FieldRef;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a fingerprint as configuration gives it: a text in which <code>{{platform}}</code>
 * stands for what an event has in this field, nothing where it has none, and <code>{{ default }}
 * </code> for the fingerprint that it would have otherwise. Immutable.
 */
record FingerprintText(List<Piece> pieces) {

  private static final Pattern VALUE = Pattern.compile("\\{\\{ *([^{} ]+) *\\}\\}");
  private static final String OTHERWISE = "default";

  /** A stretch of the text. */
  sealed interface Piece {
    /** Always the same. */
    record Literal(String text) implements Piece {}

    /** What an event has in a field. */
    record Value(FieldRef field) implements Piece {}

    /** What the fingerprint would be otherwise. */
    record Otherwise() implements Piece {}
  }

  FingerprintText {
    pieces = List.copyOf(pieces);
  }

  /**
   * Reads a text.
   *
   * @param fields the field of a name
   */
  static FingerprintText parse(String text, Function<String, FieldRef> fields) {
    List<Piece> pieces = new ArrayList<>();
    Matcher value = VALUE.matcher(text);
    int from = 0;
    while (value.find()) {
      literal(pieces, text.substring(from, value.start()));
      String name = value.group(1);
      pieces.add(
          name.equals(OTHERWISE) ? new Piece.Otherwise() : new Piece.Value(fields.apply(name)));
      from = value.end();
    }
    literal(pieces, text.substring(from));
    return new FingerprintText(pieces);
  }

  private static void literal(List<Piece> pieces, String text) {
    if (!text.isEmpty()) {
      pieces.add(new Piece.Literal(text));
    }
  }

  /** The fields that it reads. */
  List<FieldRef> fields() {
    return pieces.stream()
        .flatMap(piece ->
            piece instanceof Piece.Value(FieldRef field)
                ? java.util.stream.Stream.of(field)
                : java.util.stream.Stream.empty())
        .toList();
  }

  /**
   * What it is for an event.
   *
   * @param otherwise the hash of the fingerprint that the event would have without configuration
   */
  String of(Event event, String otherwise) {
    StringBuilder text = new StringBuilder();
    for (Piece piece : pieces) {
      switch (piece) {
        case Piece.Literal(String literal) -> text.append(literal);
        case Piece.Value(FieldRef field) -> {
          String value = event.text(field);
          text.append(value == null ? "" : value);
        }
        case Piece.Otherwise() -> text.append(Fingerprinter.DEFAULT).append(otherwise);
      }
    }
    return text.toString();
  }
}
