package io.puraify.blackbox.engine.deployments;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which changes are suspected of an error, and whether any is to blame.
 *
 * @param summary the verdict in words
 * @param onsetMicros when the error began or became more frequent; {@code null} where it did not
 * @param exact whether that is the first time it was seen
 * @param rates outside and inside the time in which it is more frequent
 * @param suspects all changes, those that are most likely to blame first
 */
public record Suspicion(
    Verdict verdict,
    String summary,
    @Nullable Long onsetMicros,
    boolean exact,
    Rates rates,
    List<Suspect> suspects) {

  /** Of an error that does not occur. */
  static final Suspicion ABSENT =
      new Suspicion(
          Verdict.ABSENT, "It does not occur in this time", null, false, Rates.NONE, List.of());

  /** Fewer failures are no pattern. */
  private static final int LEAST_FAILURES = 5;

  static final Comparator<Suspect> ORDER =
      Comparator.comparing(Suspect::ruling)
          .thenComparing(Comparator.comparingDouble(Suspect::score).reversed())
          .thenComparingLong(suspect -> -suspect.change().micros())
          .thenComparing(suspect -> suspect.change().id());

  public Suspicion {
    suspects = List.copyOf(suspects);
  }

  /** The one that is to blame most likely, where any fits at all. */
  public Optional<Suspect> suspect() {
    return switch (verdict) {
      case BLAMED, POSSIBLE -> Optional.of(suspects.getFirst());
      case UNEXPLAINED, THIN, UNCHANGED, ABSENT -> Optional.empty();
    };
  }

  /**
   * The same with so many suspects. Settings and flows are changed all day: those that have nothing
   * to do with the error are left out.
   */
  Suspicion first(int limit) {
    List<Suspect> some =
        suspects.stream()
            .filter(each ->
                each.change().deploys()
                    || (each.ruling() != Ruling.OUT_OF_REACH
                        && each.ruling() != Ruling.AFTER_ONSET))
            .limit(limit)
            .toList();
    return new Suspicion(verdict, summary, onsetMicros, exact, rates, some);
  }

  /** Judges all changes of the time that was observed. */
  static Suspicion of(Observation observed, List<Change> changes) {
    Optional<Shift> found = Shift.find(observed);
    if (found.isEmpty()) {
      return withoutShift(observed, changes);
    }
    Shift shift = found.get();
    List<Suspect> suspects = judged(observed, shift, changes);
    Verdict verdict = verdict(suspects);
    return new Suspicion(
        verdict,
        summary(verdict, shift, suspects),
        shift.onsetMicros(),
        shift.exact(),
        shift.rates(),
        suspects);
  }

  private static List<Suspect> judged(Observation observed, Shift shift, List<Change> changes) {
    Judge judge = new Judge(observed.withControls(changes), shift);
    List<Suspect> alone =
        changes.stream()
            .filter(change -> !change.hadNoEffect())
            .map(judge::judge)
            .sorted(ORDER)
            .toList();
    return alone.stream().map(each -> each.beside(alone.getFirst())).sorted(ORDER).toList();
  }

  private static Verdict verdict(List<Suspect> suspects) {
    Ruling first = suspects.isEmpty() ? Ruling.AFTER_ONSET : suspects.getFirst().ruling();
    return switch (first) {
      case LIKELY -> Verdict.BLAMED;
      case POSSIBLE -> Verdict.POSSIBLE;
      case THIN_BASELINE -> Verdict.THIN;
      case CONTROLS_ROSE, NOT_RISEN, OUT_OF_REACH, AFTER_ONSET -> Verdict.UNEXPLAINED;
    };
  }

  private static String summary(Verdict verdict, Shift shift, List<Suspect> suspects) {
    String rates = shift.rates().words();
    return switch (verdict) {
      case BLAMED, POSSIBLE -> {
        Suspect first = suspects.getFirst();
        String said = String.join("; ", first.evidence());
        boolean tied = suspects.size() > 1 && suspects.get(1).isTied(first);
        yield tied
            ? said + "; cannot be told apart from " + suspects.get(1).change().words()
            : said;
      }
      case THIN -> "There is too little traffic before any change to compare with";
      case UNEXPLAINED, UNCHANGED, ABSENT ->
          "It became more frequent, %s, and no change fits".formatted(rates);
    };
  }

  /** Nothing but chance is seen; where that may be for want of calls, it is said. */
  private static Suspicion withoutShift(Observation observed, List<Change> changes) {
    Optional<Shift> first = Shift.fromFirstFailure(observed);
    if (first.isEmpty()) {
      return ABSENT;
    }
    Shift all = first.get();
    Rates halves = observed.total().halves();
    if (all.rates().failuresAfter() < LEAST_FAILURES) {
      return new Suspicion(
          Verdict.THIN,
          "It was seen %d times, too few to say anything".formatted(all.rates().failuresAfter()),
          all.onsetMicros(),
          all.exact(),
          all.rates(),
          judged(observed, all, changes));
    }
    if (all.from() > 0 && all.rates().thinBefore()) {
      return new Suspicion(
          Verdict.THIN,
          Wording.thin(all.rates().callsBefore()),
          all.onsetMicros(),
          all.exact(),
          all.rates(),
          judged(observed, all, changes));
    }
    return new Suspicion(
        Verdict.UNCHANGED, Wording.unchanged(halves), null, false, halves, List.of());
  }
}
