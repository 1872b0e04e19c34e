package io.puraify.blackbox.engine.performance;

import io.puraify.blackbox.engine.query.FilterSyntaxException;
import io.puraify.blackbox.engine.query.Parameters;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How groups are ordered.
 *
 * @param figure by which
 * @param change by its change against the period before, not by itself
 * @param ascending the least first; what has no number comes last in any case
 */
record FigureOrder(Figure figure, boolean change, boolean ascending) {

  static final String ORDER = "order";
  static final String DIRECTION = "direction";

  private static final String CHANGE = "change:";

  static FigureOrder parse(Parameters parameters) {
    Optional<FigureOrder> order = parameters.read(ORDER, FigureOrder::parse);
    boolean ascending = parameters.read(DIRECTION, FigureOrder::ascending).orElse(false);
    FigureOrder chosen = order.orElse(new FigureOrder(Figure.CALLS, false, false));
    return new FigureOrder(chosen.figure, chosen.change, ascending);
  }

  private static FigureOrder parse(String text) {
    boolean change = text.startsWith(CHANGE);
    String name = change ? text.substring(CHANGE.length()) : text;
    Figure figure =
        Figure.named(name)
            .orElseThrow(() ->
                new FilterSyntaxException(
                    "'%s' is none of %s, alone or behind %s"
                        .formatted(
                            name,
                            Stream.of(Figure.values())
                                .map(Figure::label)
                                .collect(Collectors.joining(", ")),
                            CHANGE)));
    return new FigureOrder(figure, change, false);
  }

  private static boolean ascending(String text) {
    return switch (text) {
      case "asc" -> true;
      case "desc" -> false;
      default -> throw new FilterSyntaxException("'%s' is neither asc nor desc".formatted(text));
    };
  }

  /** Orders rows; of equals, the one with more calls comes first. */
  Comparator<FigureRow> comparator() {
    Function<FigureRow, @Nullable Double> number =
        row -> change ? row.change(figure) : row.now().get(figure);
    Comparator<@Nullable Double> direction =
        ascending ? Comparator.naturalOrder() : Comparator.reverseOrder();
    Comparator<FigureRow> byNumber =
        (a, b) -> {
          Double one = number.apply(a);
          Double other = number.apply(b);
          if (one == null || other == null) {
            return Boolean.compare(one == null, other == null);
          }
          return direction.compare(one, other);
        };
    return byNumber
        .thenComparing(Comparator.comparingDouble(FigureRow::calls).reversed())
        .thenComparing(row -> row.group().toString());
  }
}
