package io.puraify.blackbox.engine.errors;

import io.puraify.blackbox.core.Cursor;
import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Order;
import io.puraify.blackbox.core.Page;
import io.puraify.blackbox.core.Search;
import io.puraify.blackbox.core.TimeRange;
import io.puraify.blackbox.engine.errors.PreviewResult.Joined;
import io.puraify.blackbox.engine.errors.PreviewResult.Part;
import io.puraify.blackbox.engine.errors.PreviewResult.Split;
import io.puraify.blackbox.engine.errors.PreviewResult.Stop;
import io.puraify.blackbox.engine.state.StateDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How groups would change by other rules, told from stored errors: each has a group now and would
 * have one then. A fingerprint that there is keeps its group; words of messages that would turn out
 * to vary are not joined, since nothing is learned of a trial. For one thread and one run.
 */
public final class RulesPreview {

  /** Longer than people wait; a query that takes longer is stopped without an answer. */
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /** More are counted, and not listed. */
  static final int MOST_LISTED = 100;

  private static final int MOST_PARTS = 20;
  private static final int PAGE = 1_000;

  private final PreviewRequest request;
  private final StateDatabase state;
  private final Duration longest;
  private final MessageTemplates plain = MessageTemplates.byRules();

  // By the groups of now, and what they would be.
  private final Map<Long, Map<Long, Share>> intoOf = new LinkedHashMap<>();
  private final Map<Long, Map<Long, Share>> ofInto = new LinkedHashMap<>();
  private final Map<Member.Key, Optional<Long>> groups = new HashMap<>();
  private long errors;
  private long oldest;

  /** The errors that a group of now and one of then have in common. */
  private static final class Share {
    private final String exampleId;
    private final String title;
    private long errors;

    /** The example is the newest of them. */
    Share(String exampleId, String title) {
      this.exampleId = exampleId;
      this.title = title;
    }
  }

  public RulesPreview(PreviewRequest request, StateDatabase state) {
    this(request, state, LONGEST);
  }

  RulesPreview(PreviewRequest request, StateDatabase state, Duration longest) {
    this.request = request;
    this.state = state;
    this.longest = longest;
  }

  /** Reads the errors, the newest first, and says how their groups would change. */
  public PreviewResult run(EventStore store) {
    return state.read(handle -> {
      try (ErrorTables tables = new ErrorTables(handle)) {
        Stop stop = read(store, tables);
        return result(tables, stop);
      }
    });
  }

  private @Nullable Stop read(EventStore store, ErrorTables tables) {
    Fingerprinter now = new Fingerprinter(plain, tables.rules().read());
    Fingerprinter then = new Fingerprinter(plain, request.rules());
    long end = System.nanoTime() + longest.toNanos();
    TimeRange range = request.range();
    oldest = range.toMicros();
    Cursor after = null;
    do {
      Page<Event> page = store.search(new Search(filter(), range, Order.NEWEST_FIRST, after, PAGE));
      for (Event event : page.items()) {
        if (errors >= request.most()) {
          return Stop.ERRORS;
        }
        if (System.nanoTime() - end >= 0) {
          return Stop.TIME;
        }
        add(tables, event, now, then);
      }
      after = page.next();
    } while (after != null);
    oldest = range.fromMicros();
    return null;
  }

  private Filter filter() {
    String project = request.project();
    return project == null
        ? ErrorEvents.FILTER
        : new Filter.And(
            List.of(
                new Filter.In(ErrorEvents.known(Field.PROJECT_ID), Set.of(project)),
                ErrorEvents.FILTER));
  }

  private void add(ErrorTables tables, Event event, Fingerprinter now, Fingerprinter then) {
    ErrorFacts facts = ErrorFacts.of(event);
    Grouping grouping = then.group(facts, () -> event);
    long before = group(tables, event, now.group(facts, () -> event));
    long after = group(tables, event, grouping);
    Share share =
        intoOf
            .computeIfAbsent(before, key -> new LinkedHashMap<>())
            .computeIfAbsent(
                after, key -> new Share(event.eventId(), Group.title(facts, grouping)));
    share.errors += event.count();
    ofInto.computeIfAbsent(after, key -> new LinkedHashMap<>()).put(before, share);
    errors += event.count();
    oldest = event.timestampMicros();
  }

  /** The group that has a fingerprint, or that it would begin. */
  private long group(ErrorTables tables, Event event, Grouping grouping) {
    Member.Key key = Member.Key.of(event.projectId(), grouping.fingerprint());
    return groups
        .computeIfAbsent(key, wanted -> tables.member(wanted).map(Member::group))
        .orElse(key.home());
  }

  private PreviewResult result(ErrorTables tables, @Nullable Stop stop) {
    List<Split> splits = new ArrayList<>();
    long kept = 0;
    for (Map.Entry<Long, Map<Long, Share>> each : intoOf.entrySet()) {
      Map<Long, Share> into = each.getValue();
      if (into.size() > 1) {
        splits.add(new Split(whole(tables, each.getKey(), into), parts(tables, into)));
      } else if (into.containsKey(each.getKey())
          && ofInto.getOrDefault(each.getKey(), Map.of()).size() == 1) {
        kept++;
      }
    }
    List<Joined> merged = new ArrayList<>();
    List<Joined> fresh = new ArrayList<>();
    for (Map.Entry<Long, Map<Long, Share>> each : ofInto.entrySet()) {
      Joined joined =
          new Joined(whole(tables, each.getKey(), each.getValue()), parts(tables, each.getValue()));
      if (each.getValue().size() > 1) {
        merged.add(joined);
      }
      if (joined.group().isNew() && !intoOf.containsKey(each.getKey())) {
        fresh.add(joined);
      }
    }
    splits.sort(Comparator.comparingLong((Split each) -> each.group().errors()).reversed());
    return new PreviewResult(
        errors,
        stop,
        oldest,
        new PreviewResult.Numbers(
            intoOf.size(), ofInto.size(), kept, splits.size(), merged.size(), fresh.size()),
        splits.stream().limit(MOST_LISTED).toList(),
        largest(merged),
        largest(fresh));
  }

  private static List<Joined> largest(List<Joined> all) {
    return all.stream()
        .sorted(Comparator.comparingLong((Joined each) -> each.group().errors()).reversed())
        .limit(MOST_LISTED)
        .toList();
  }

  private static Part whole(ErrorTables tables, long group, Map<Long, Share> shares) {
    long sum = shares.values().stream().mapToLong(share -> share.errors).sum();
    return part(tables, group, shares.values().iterator().next(), sum);
  }

  private static List<Part> parts(ErrorTables tables, Map<Long, Share> shares) {
    return shares.entrySet().stream()
        .sorted(
            Comparator.comparingLong((Map.Entry<Long, Share> each) -> each.getValue().errors)
                .reversed())
        .limit(MOST_PARTS)
        .map(each -> part(tables, each.getKey(), each.getValue(), each.getValue().errors))
        .toList();
  }

  private static Part part(ErrorTables tables, long number, Share share, long errors) {
    Optional<Group> group = tables.group(number);
    return new Part(
        GroupId.text(number),
        group.isEmpty(),
        group.map(each -> each.identity().title()).orElse(share.title),
        errors,
        share.exampleId);
  }
}
