package io.puraify.blackbox.engine.errors;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Folds;
import io.puraify.blackbox.core.StoringPolicy;
import io.puraify.blackbox.engine.match.BlockView;
import io.puraify.blackbox.engine.match.FilterIndex;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stores one of the errors of a block that have the same fingerprint, are of the same second and
 * have the same labels: the first, which stands for all. What groups and filters tell apart by
 * labels is therefore counted exactly.
 *
 * <p>The fingerprint is the one by content, without what is configured: whoever changes that
 * changes groups, and not what is stored. Not safe for several threads.
 */
public final class FloodPolicy implements StoringPolicy {

  private static final long SECOND = 1_000_000;

  /** The facts of so many errors are known again without looking at them; about 2 MB. */
  private static final int MOST_KEYS = 20_000;

  private static final List<Field> LABELS =
      Arrays.stream(Field.values()).filter(field -> field.kind() == Field.Kind.LABEL).toList();

  private final FilterIndex never;
  private final Counter folded;
  private final Fingerprinter fingerprinter =
      new Fingerprinter(MessageTemplates.byRules(), GroupingRules.NONE);
  private final Recent<ErrorBlock.Key, Long> fingerprints = new Recent<>(MOST_KEYS);
  private final int[][] labels = new int[LABELS.size()][EventBlock.MAX_ROWS];

  /**
   * A policy for one thread.
   *
   * @param never which events are stored in any case
   */
  public FloodPolicy(Filter never, MeterRegistry registry) {
    this.never = new FilterIndex(List.of(never));
    this.folded =
        Counter.builder("blackbox.events.folded")
            .description("Errors that are stored as part of another one of their group and second")
            .register(registry);
  }

  @Override
  public EventBlock apply(EventBlock block) {
    ErrorBlock errors = new ErrorBlock(block);
    errors.read(block);
    @Nullable LongBuffer[] alike = alike(errors);
    if (!fingerprint(errors, alike)) {
      return block;
    }
    BitSet marked = new BitSet();
    never.forEachRow(0, new BlockView(block), 0, marked::set);
    Folds folds = new Folds(block.rows());
    Map<LongBuffer, Integer> first = new HashMap<>();
    long count = 0;
    for (int row = 0; row < alike.length; row++) {
      LongBuffer key = alike[row];
      if (key == null || marked.get(row)) {
        continue;
      }
      Integer into = first.putIfAbsent(key, row);
      if (into != null) {
        fold(block, folds, row, into);
        count++;
      }
    }
    folded.increment((double) count);
    return block.with(folds);
  }

  /** For each error the second and the labels, with room for the fingerprint in front. */
  private @Nullable LongBuffer[] alike(ErrorBlock errors) {
    EventBlock block = errors.block();
    for (int i = 0; i < labels.length; i++) {
      block.labelNumbers(LABELS.get(i), labels[i]);
    }
    @Nullable LongBuffer[] alike = new LongBuffer[block.rows()];
    for (int row = 0; row < alike.length; row++) {
      errors.at(row);
      if (errors.isError()) {
        long[] key = new long[2 + labels.length];
        key[1] = Math.floorDiv(errors.timestampMicros(), SECOND);
        for (int i = 0; i < labels.length; i++) {
          key[2 + i] = labels[i][row];
        }
        alike[row] = LongBuffer.wrap(key);
      }
    }
    return alike;
  }

  /**
   * Adds the fingerprints of those errors that have the second and the labels of another one; of
   * all others they are of no use.
   *
   * @return whether there are any
   */
  private boolean fingerprint(ErrorBlock errors, @Nullable LongBuffer[] alike) {
    Map<LongBuffer, Integer> counts = new HashMap<>();
    for (LongBuffer key : alike) {
      if (key != null) {
        counts.merge(key.duplicate(), 1, Integer::sum);
      }
    }
    boolean any = false;
    for (int row = 0; row < alike.length; row++) {
      LongBuffer key = alike[row];
      if (key != null && counts.getOrDefault(key, 0) > 1) {
        errors.at(row);
        long[] more = key.array().clone();
        more[0] = fingerprint(errors);
        alike[row] = LongBuffer.wrap(more);
        any = true;
      } else {
        alike[row] = null;
      }
    }
    return any;
  }

  private long fingerprint(ErrorBlock errors) {
    // Where a trace decides, messages may all differ and need not be looked at.
    ErrorBlock.Key trace = errors.bytes(Field.STACK_TRACE) == null ? null : errors.trace();
    Long known = trace == null ? null : fingerprints.get(trace);
    if (known == null) {
      ErrorBlock.Key content = errors.content(Set.of());
      known = fingerprints.get(content);
      if (known == null) {
        Fingerprint fingerprint = fingerprinter.group(errors.facts(), errors::event).fingerprint();
        boolean byTrace = trace != null && fingerprint.rule() == FingerprintRule.STACK_TRACE;
        known = fingerprint.number();
        fingerprints.put(byTrace ? trace : content, known);
      }
    }
    return known;
  }

  private static void fold(EventBlock block, Folds folds, int row, int into) {
    folds.fold(row, into);
    for (Field id : Folds.IDS) {
      if (!folds.differs(into, id)
          && !Objects.deepEquals(block.text(id, into), block.text(id, row))) {
        folds.differ(into, id);
      }
    }
  }
}
