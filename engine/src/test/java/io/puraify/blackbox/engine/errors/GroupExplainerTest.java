package io.puraify.blackbox.engine.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.engine.errors.GroupExplanation.Reason;
import io.puraify.blackbox.engine.errors.GroupExplanation.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupExplainerTest {

  private static final String TRACE =
      """
      com.acme.Broken: no way
      \tat java.base/java.util.List.get(List.java:7)
      \tat com.acme.Shop.buy(Shop.java:31)
      \tat com.acme.Shop.lambda$all$0(Shop.java:40)
      \tat com.acme.Shop$$Lambda$14/0x1.run(Unknown Source)
      """;

  @TempDir Path folder;

  private ErrorLog log;

  @BeforeEach
  void open() {
    log = new ErrorLog(folder.resolve("errors.sqlite"));
  }

  @AfterEach
  void close() {
    log.close();
  }

  private GroupExplanation explain(EventBlock block, int row) {
    String group = log.groupOf(block.event(row));
    return log.groups().explain(group, block.event(row)).orElseThrow();
  }

  @Test
  void aTraceIsExplainedFrameByFrame() {
    EventBlock block = log.add(Map.of(Field.STACK_TRACE, TRACE));

    GroupExplanation why = explain(block, 0);

    assertThat(why.rule()).isEqualTo(FingerprintRule.STACK_TRACE);
    assertThat(why.algorithm()).isEqualTo(Fingerprint.VERSION);
    assertThat(why.language()).isEqualTo("java");
    assertThat(why.message()).isNull();
    assertThat(why.membership().reason()).isEqualTo(Reason.BEGAN);
    List<JudgedFrame> frames = why.exceptions().getFirst().frames();
    assertThat(frames)
        .extracting(JudgedFrame::use)
        .containsExactly(FrameUse.LIBRARY, FrameUse.OWN, FrameUse.OWN, FrameUse.GENERATED);
    assertThat(frames.get(2).frame().text()).contains("lambda$all$0");
    assertThat(frames.get(2).stable()).doesNotContain("$0");
    assertThat(why.parts())
        .as("the exception and the frames that count")
        .containsExactly(
            "exception com.acme.Broken", frames.get(1).stable(), frames.get(2).stable());
  }

  @Test
  void eachValueOfAMessageHasTheRuleThatDecidedSo() {
    String said = "no answer from 10.0.0.7 for [redacted:email] after 31 ms";
    EventBlock block = log.add(Map.of(Field.STATUS, "error", Field.MESSAGE, said));

    GroupExplanation why = explain(block, 0);

    assertThat(why.rule()).isEqualTo(FingerprintRule.TEMPLATE);
    assertThat(why.message()).isNotNull();
    assertThat(why.parts()).containsExactly(why.message().template());
    assertThat(why.message().values())
        .extracting(Value::rule, Value::value)
        .contains(tuple("ip", "10.0.0.7"), tuple("duration", "31 ms"));
    assertThat(why.message().values())
        .allSatisfy(
            value -> assertThat(said.substring(value.from(), value.to())).isEqualTo(value.value()));
  }

  @Test
  void wordsThatTurnedOutToVaryAreNamed() {
    EventBlock block = null;
    for (String word : List.of("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta")) {
      String said = "could not find the table called " + word + " in it";
      block = log.add(Map.of(Field.ERROR_TYPE, "not_found", Field.MESSAGE, said));
    }

    GroupExplanation why = explain(block, 0);

    assertThat(why.membership().reason()).isEqualTo(Reason.WORDS);
    assertThat(why.message().template()).contains("called eta in");
    assertThat(why.message().learned()).contains("called <*> in");
    assertThat(why.message().values())
        .extracting(Value::rule, Value::value)
        .containsExactly(tuple("varies", "eta"));
  }

  @Test
  void aSendersFingerprintSaysWhatTheSenderSaid() {
    EventBlock block =
        log.add(
            Map.of(
                Field.STATUS,
                "error",
                Field.MESSAGE,
                "a",
                Field.ATTRIBUTES,
                "{\"fingerprint\":[\"checkout\",\"eu\"]}"));

    GroupExplanation why = explain(block, 0);

    assertThat(why.rule()).isEqualTo(FingerprintRule.SENDER);
    assertThat(why.parts()).containsExactly("checkout", "eu");
    assertThat(why.message()).as("it had no part in it").isNull();
  }

  @Test
  void aMergeByHandIsTheReasonUntilItIsUndone() {
    EventBlock one = log.add(Map.of(Field.ERROR_TYPE, "one"));
    EventBlock two = log.add(Map.of(Field.ERROR_TYPE, "two"));
    String into = log.groupOf(one.event(0));
    String from = log.groupOf(two.event(0));
    EventBlock merge = log.change(into, "\"change\":\"merge\",\"other\":\"" + from + "\"");

    GroupExplanation why = log.groups().explain(into, two.event(0)).orElseThrow();
    assertThat(why.membership().reason()).isEqualTo(Reason.MERGED);
    assertThat(why.membership().change()).isEqualTo(merge.first().value());
    assertThatThrownBy(() -> log.groups().explain(from, two.event(0)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> assertThat(refused.problem().detail()).contains("it is in group " + into));

    log.change(into, "\"change\":\"undo\",\"change_id\":\"%d\"".formatted(merge.first().value()));
    assertThat(explain(two, 0).membership().reason()).isEqualTo(Reason.BEGAN);
  }

  @Test
  void whatIsNotInTheGroupIsNotExplained() {
    EventBlock one = log.add(Map.of(Field.ERROR_TYPE, "one"));
    EventBlock none = log.add(Map.of(Field.STATUS, "success"));
    String group = log.groupOf(one.event(0));

    assertThat(log.groups().explain("0123456789abcdef", one.event(0))).isEmpty();
    assertThat(log.groups().explain("nothing", one.event(0))).isEmpty();
    assertThatThrownBy(() -> log.groups().explain(group, none.event(0)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> {
              assertThat(refused.problem().status()).isEqualTo(404);
              assertThat(refused.problem().detail()).contains("no error of project p");
            });
  }
}
