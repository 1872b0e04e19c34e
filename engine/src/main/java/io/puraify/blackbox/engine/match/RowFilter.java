package io.puraify.blackbox.engine.match;

import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A {@link Filter}, compiled for blocks: it means the same, and looks at each label of a block only
 * once. Not safe for several threads.
 */
abstract sealed class RowFilter {

  /** Whether the filter means the row. */
  abstract boolean test(BlockView view, int row);

  /** What a row costs, roughly, so that cheap tests come first. */
  abstract int cost();

  static RowFilter of(Filter filter) {
    return switch (filter) {
      case Filter.And(List<Filter> filters) -> new All(compiled(filters));
      case Filter.Or(List<Filter> filters) -> new Any(compiled(filters));
      case Filter.Not(Filter inner) -> new Not(of(inner));
      case Filter.In in -> leaf(in.field(), in.values()::contains);
      case Filter.Contains(FieldRef field, String part) -> {
        int flags = Pattern.LITERAL | Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
        Pattern pattern = Pattern.compile(part, flags);
        yield leaf(field, text -> pattern.matcher(text).find());
      }
      case Filter.Regex regex -> leaf(regex.field(), regex.pattern()::isIn);
      case Filter.Prefix(FieldRef field, String prefix) ->
          leaf(field, text -> text.startsWith(prefix));
      case Filter.Exists(FieldRef field) -> leaf(field, text -> true);
      case Filter.Range range -> new Between(range);
    };
  }

  private static RowFilter[] compiled(List<Filter> filters) {
    List<RowFilter> all = new ArrayList<>(filters.stream().map(RowFilter::of).toList());
    all.sort(Comparator.comparingInt(RowFilter::cost));
    return all.toArray(RowFilter[]::new);
  }

  private static RowFilter leaf(FieldRef field, Predicate<String> test) {
    return field instanceof FieldRef.Known(Field known) && known.kind() == Field.Kind.LABEL
        ? new LabelTest(known, test)
        : new TextTest(field, test);
  }

  private static final class All extends RowFilter {
    private final RowFilter[] filters;

    All(RowFilter[] filters) {
      this.filters = filters;
    }

    @Override
    boolean test(BlockView view, int row) {
      for (RowFilter filter : filters) {
        if (!filter.test(view, row)) {
          return false;
        }
      }
      return true;
    }

    @Override
    int cost() {
      return RowFilter.cost(filters);
    }
  }

  private static int cost(RowFilter[] filters) {
    int cost = 1;
    for (RowFilter filter : filters) {
      cost += filter.cost();
    }
    return cost;
  }

  private static final class Any extends RowFilter {
    private final RowFilter[] filters;

    Any(RowFilter[] filters) {
      this.filters = filters;
    }

    @Override
    boolean test(BlockView view, int row) {
      for (RowFilter filter : filters) {
        if (filter.test(view, row)) {
          return true;
        }
      }
      return false;
    }

    @Override
    int cost() {
      return RowFilter.cost(filters);
    }
  }

  private static final class Not extends RowFilter {
    private final RowFilter filter;

    Not(RowFilter filter) {
      this.filter = filter;
    }

    @Override
    boolean test(BlockView view, int row) {
      return !filter.test(view, row);
    }

    @Override
    int cost() {
      return filter.cost();
    }
  }

  /** Remembers the answer for each label of the block. */
  private static final class LabelTest extends RowFilter {
    private static final byte NO = 1;
    private static final byte YES = 2;

    private final Field field;
    private final Predicate<String> test;
    private int generation;
    private byte[] answers = {};
    private int[] numbers = {};

    LabelTest(Field field, Predicate<String> test) {
      this.field = field;
      this.test = test;
    }

    @Override
    boolean test(BlockView view, int row) {
      if (generation != view.generation()) {
        generation = view.generation();
        answers = new byte[view.block().labelCount(field) + 1];
        answers[0] = NO;
        numbers = view.labelNumbers(field);
      }
      int number = numbers[row];
      byte answer = answers[number];
      if (answer == 0) {
        String text = view.label(field, number);
        answer = !text.isEmpty() && test.test(text) ? YES : NO;
        answers[number] = answer;
      }
      return answer == YES;
    }

    @Override
    int cost() {
      return 1;
    }
  }

  private static final class TextTest extends RowFilter {
    private final FieldRef field;
    private final Predicate<String> test;

    TextTest(FieldRef field, Predicate<String> test) {
      this.field = field;
      this.test = test;
    }

    @Override
    boolean test(BlockView view, int row) {
      String text = view.text(field, row);
      return text != null && test.test(text);
    }

    @Override
    int cost() {
      return field instanceof FieldRef.Known ? 100 : 1_000;
    }
  }

  private static final class Between extends RowFilter {
    private final Filter.Range range;

    Between(Filter.Range range) {
      this.range = range;
    }

    @Override
    boolean test(BlockView view, int row) {
      double value = number(view, row);
      return !Double.isNaN(value)
          && (range.lowInclusive() ? value >= range.low() : value > range.low())
          && (range.highInclusive() ? value <= range.high() : value < range.high());
    }

    private double number(BlockView view, int row) {
      return switch (range.field()) {
        case FieldRef.Known(Field known) when known.kind() == Field.Kind.DECIMAL ->
            view.block().decimal(known, row);
        case FieldRef.Known(Field known) -> {
          long value = view.block().integer(known, row);
          yield value == EventBlock.ABSENT ? Double.NaN : (double) value;
        }
        case FieldRef.Attribute attribute -> {
          String text = view.text(attribute, row);
          OptionalDouble value = text == null ? OptionalDouble.empty() : Numbers.parse(text);
          yield value.orElse(Double.NaN);
        }
      };
    }

    @Override
    int cost() {
      return range.field() instanceof FieldRef.Known ? 2 : 1_000;
    }
  }
}
