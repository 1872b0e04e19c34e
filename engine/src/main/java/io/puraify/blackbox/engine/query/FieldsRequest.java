package io.puraify.blackbox.engine.query;

import io.puraify.blackbox.core.Aggregation;
import io.puraify.blackbox.core.Attributes;
import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.FieldValue;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Grouping;
import io.puraify.blackbox.core.Measure;
import io.puraify.blackbox.core.Order;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.core.Search;
import io.puraify.blackbox.core.Table;
import io.puraify.blackbox.core.TimeRange;
import io.puraify.blackbox.core.Top;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which fields and attributes events have, read from the parameters of a search. */
public record FieldsRequest(Filter filter, TimeRange range) {

  /** The newest events show what is sent today; their attributes are read one by one. */
  static final int SAMPLE = 1_000;

  /** Senders that make names of values would otherwise fill the answer. */
  static final int MAX_ATTRIBUTES = 1_000;

  private static final FieldRef ATTRIBUTES = new FieldRef.Known(Field.ATTRIBUTES);

  /**
   * Reads the parameters of a request.
   *
   * @param now what {@code since} counts from
   * @throws ProblemException naming every parameter that is wrong
   */
  public static FieldsRequest parse(Map<String, List<String>> given, Instant now) {
    Parameters parameters = new Parameters(given, now, List.of());
    FieldsRequest request = new FieldsRequest(parameters.filter(), parameters.range());
    parameters.refuseWhatIsWrong();
    return request;
  }

  /** Counts the fields of all events, and the attributes of some. */
  public Fields answer(EventStore store) {
    List<Measure> present =
        Arrays.stream(Field.values())
            .<Measure>map(field -> new Measure.Present(new FieldRef.Known(field)))
            .toList();
    Table table =
        store.aggregate(new Aggregation(filter, range, Grouping.NONE, present, Top.byCount(1)));
    List<FieldValue> fields = new ArrayList<>();
    long withAttributes = 0;
    for (Field field : Field.values()) {
      Double value = table.rows().getFirst().values().get(field.ordinal());
      long count = value == null ? 0 : value.longValue();
      if (field == Field.ATTRIBUTES) {
        withAttributes = count;
      } else if (count > 0) {
        fields.add(new FieldValue(field.jsonName(), count));
      }
    }
    List<Event> sample = withAttributes == 0 ? List.of() : sample(store);
    long sampled = sample.stream().mapToLong(Event::count).sum();
    return new Fields(fields, names(sample), sampled, sampled < withAttributes);
  }

  private List<Event> sample(EventStore store) {
    Filter having = new Filter.And(List.of(filter, new Filter.Exists(ATTRIBUTES)));
    Search search = new Search(having, range, Order.NEWEST_FIRST, null, SAMPLE);
    return BoundedPage.of(store::search, search).items();
  }

  private static List<FieldValue> names(List<Event> sample) {
    Map<String, Long> counts = new HashMap<>();
    for (Event event : sample) {
      String attributes = event.text(Field.ATTRIBUTES);
      if (attributes != null) {
        for (String path : Attributes.paths(attributes)) {
          counts.merge(FieldRef.ATTRIBUTE_PREFIX + path, event.count(), Long::sum);
        }
      }
    }
    return counts.entrySet().stream()
        .map(entry -> new FieldValue(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.comparingLong(FieldValue::count).reversed().thenComparing(FieldValue::value))
        .limit(MAX_ATTRIBUTES)
        .toList();
  }
}
