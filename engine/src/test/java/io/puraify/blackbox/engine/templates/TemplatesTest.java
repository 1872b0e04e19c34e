package io.puraify.blackbox.engine.templates;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What is learned from messages about words that vary. */
class TemplatesTest {

  private static final List<String> NAMES =
      List.of("ann", "bob", "cid", "dora", "eve", "fay", "gus", "hal", "ida", "jon");

  private final List<String> merged = new ArrayList<>();
  private final Templates templates =
      new Templates(1_000, (part, whole) -> merged.add(part.text() + " > " + whole.text()));

  @Test
  void aWordOfWhichThereAreManyIsAValueForThoseBeforeToo() {
    List<Template> found =
        NAMES.stream()
            .map(name -> templates.add("Invalid login " + name + " from 10.0.0.1"))
            .toList();

    // In the fixed part are three words.
    assertThat(roots(found)).hasSize(1);
    assertThat(found.getFirst().text()).isEqualTo("Invalid login <*> from <ip>");
    assertThat(templates.add("Invalid login zoe from 10.0.0.1")).isSameAs(found.getFirst());
  }

  @Test
  void aWordOfWhichThereAreFewIsNot() {
    List<Template> found =
        NAMES.subList(0, 5).stream()
            .map(name -> templates.add("Invalid login " + name + " from 10.0.0.1"))
            .toList();

    assertThat(roots(found)).hasSize(5);
  }

  @Test
  void twoWordsThatVaryTogetherAreValues() {
    List<Template> found = new ArrayList<>();
    for (int i = 0; i < NAMES.size(); i++) {
      found.add(
          templates.add(
              "Registering %s as handler for %sEvents"
                  .formatted(NAMES.get(i), NAMES.get(NAMES.size() - 1 - i))));
    }

    assertThat(roots(found)).hasSize(1);
    assertThat(found.getFirst().text()).isEqualTo("Registering <*> as handler for <*>");
  }

  @Test
  void constantsVaryMoreBeforeTheyAreValues() {
    List<String> states =
        List.of("NEW", "QUEUED", "READY", "RUNNING", "PAUSED", "FAILED", "KILLED", "DONE");
    List<Template> found =
        states.stream().map(state -> templates.add("task is now in state " + state)).toList();

    assertThat(roots(found)).hasSize(states.size());
  }

  @Test
  void theFirstWordOfMessagesIsSeldomAValue() {
    List<Template> found =
        NAMES.stream().map(name -> templates.add(name + " startup was a success")).toList();

    assertThat(roots(found)).hasSize(NAMES.size());
  }

  @Test
  void shortMessagesHaveTooLittleInCommon() {
    List<Template> found = NAMES.stream().map(name -> templates.add("cannot " + name)).toList();

    assertThat(roots(found)).hasSize(NAMES.size());
  }

  @Test
  void shortMessagesNeedMoreWords() {
    List<Template> found = new ArrayList<>();
    for (char letter = 'a'; letter <= 'z'; letter++) {
      found.add(templates.add("mail " + letter + "x queued"));
    }

    assertThat(roots(found)).hasSize(1);
    assertThat(templates.add("mail 17 queued").root()).isSameAs(found.getFirst());
  }

  @Test
  void aWordWhereOthersHaveAValueIsAValue() {
    Template number = templates.add("login of account 17 was refused");
    Template word = templates.add("login of account admin was refused");
    Template before = templates.add("login of team admin was refused");
    Template after = templates.add("login of team 17 was refused");

    assertThat(roots(List.of(number, word))).hasSize(1);
    assertThat(roots(List.of(before, after))).hasSize(1);
    assertThat(word.text()).isEqualTo("login of account <*> was refused");
    assertThat(merged).hasSize(2);
  }

  @Test
  void numberedNamesOfTwoKindsAreEnough() {
    Template first = templates.add("Block broadcast_9_piece0 stored as bytes");
    Template second = templates.add("Block rdd_2_0 stored as bytes");

    assertThat(second.root()).isSameAs(first.root());
    assertThat(first.text()).isEqualTo("Block <*> stored as bytes");
  }

  @Test
  void theOlderTemplateKeepsItsFingerprint() {
    Template first = templates.add("login of account 17 was refused");
    long fingerprint = first.fingerprint();
    templates.add("login of account admin was refused");

    assertThat(first.root()).isSameAs(first);
    assertThat(first.fingerprint()).isEqualTo(fingerprint);
  }

  @Test
  void theFingerprintIsPinned() {
    assertThat(templates.add("Failed password for root from 10.0.0.1 port 22").fingerprint())
        .isEqualTo(templates.add("Failed password for root from 10.9.9.9 port 80").fingerprint())
        .isEqualTo(FINGERPRINT);
    assertThat(Templates.ALGORITHM_VERSION).isEqualTo(1);
  }

  /** What groups of errors are kept under; it changes with the version of the algorithm alone. */
  private static final long FINGERPRINT = -7033841687082600490L;

  @Test
  void whatIsLearnedDependsOnTheOrderAlone() {
    List<String> messages = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 3_000; i++) {
      messages.add(
          "user %s did %s to %s in %d ms"
              .formatted(word(random, 20), word(random, 3), word(random, 9), random.nextInt(99)));
    }

    assertThat(texts(messages)).isEqualTo(texts(messages));
  }

  @Test
  void anExplanationNamesWordsThatVary() {
    NAMES.forEach(name -> templates.add("Invalid login " + name + " from 10.0.0.1"));

    Explanation explanation = templates.explain("Invalid login bob from 10.0.0.9");

    assertThat(explanation.template()).isEqualTo("Invalid login <*> from <ip>");
    assertThat(explanation.masked())
        .containsExactly(new Masked(Rule.VARIES, 14, 17), new Masked(Rule.IP, 23, 31));
  }

  @Test
  void moreTemplatesThanFitAreForgottenAndCounted() {
    for (char a = 'a'; a <= 'z'; a++) {
      for (char b = 'a'; b <= 'z'; b++) {
        templates.add("x" + a + b);
        templates.add("y" + a + b);
      }
    }

    assertThat(templates.evicted()).isEqualTo(2 * 26 * 26 - 1_000);
  }

  private static List<String> texts(List<String> messages) {
    Templates fresh = new Templates();
    List<Template> found = messages.stream().map(fresh::add).toList();
    return found.stream().map(Template::text).toList();
  }

  private static String word(SplittableRandom random, int many) {
    int at = random.nextInt(many);
    return NAMES.get(at % NAMES.size()) + "x".repeat(at / NAMES.size());
  }

  private static Set<Template> roots(List<Template> templates) {
    Set<Template> roots = new HashSet<>();
    templates.forEach(template -> roots.add(template.root()));
    return roots;
  }
}
