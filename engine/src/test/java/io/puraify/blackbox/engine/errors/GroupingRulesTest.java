package io.puraify.blackbox.engine.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.ProblemException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupingRulesTest {

  private static final String TRACE =
      """
      com.acme.Broken: no way
      \tat org.postgresql.Driver.run(Driver.java:7)
      \tat com.acme.tracing.Span.run(Span.java:31)
      \tat com.acme.Shop.buy(Shop.java:40)
      """;

  @ParameterizedTest
  @CsvSource({
    "com.acme., com.acme.Shop.buy, true",
    "com.acme., org.acme.Shop.buy, false",
    "com.acme.Shop.buy, com.acme.Shop.buy, true",
    "com.acme.Shop.buyAll, com.acme.Shop.buy, false",
    "*.buy, com.acme.Shop.buy, true",
    "*.buy, com.acme.Shop.buyAll, true",
    "com.*.Shop, com.acme.eu.Shop.buy, true",
    "com.*.Shop, com.Shop.buy, false",
    "c*m*y, com.acme.Shop.buy, true",
    "*x*, com.acme.Shop.buy, false",
  })
  void aPatternFitsFromTheBeginningOn(String pattern, String name, boolean fits) {
    assertThat(new NamePatterns(List.of(pattern)).find(name).isPresent()).isEqualTo(fits);
  }

  private static Event event(String platform, String user, String trace) {
    return Event.at(7)
        .set(Field.PROJECT_ID, "p")
        .set(Field.STATUS, "error")
        .set(Field.PLATFORM, platform)
        .set(Field.USER_ID, user)
        .set(Field.STACK_TRACE, trace)
        .set(Field.MESSAGE, "broken")
        .set(Field.ATTRIBUTES, "{\"region\":\"eu\"}")
        .build();
  }

  private static Grouping group(String rules, Event event) {
    return new Fingerprinter(MessageTemplates.byRules(), GroupingRulesReader.read(rules))
        .group(ErrorFacts.of(event), () -> event);
  }

  /** Rules, the fields of an event, and what decides its fingerprint with which parts. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | template | broken",
        "{'fingerprints':[{'name':'a','filter':'platform:Slack','fingerprint':['x']}]} | configured | x",
        "{'fingerprints':[{'name':'a','filter':'platform:Notion','fingerprint':['x']}]} | template | broken",
        "{'fingerprints':[{'name':'a','filter':'user_id:u_1','fingerprint':['{{platform}} of {{ attributes.region }}','{{host}}!']}]}"
            + " | configured | Slack of eu;!",
        "{'fingerprints':[{'name':'a','filter':'platform:x','fingerprint':['1']},{'name':'b','filter':'broken','fingerprint':['2']},"
            + "{'name':'c','filter':'status:error','fingerprint':['3']}]} | configured | 2",
      })
  void theFirstRuleWhoseFilterFitsSaysTheParts(String rules, String rule, String parts) {
    Grouping grouping = group(rules.replace('\'', '"'), event("Slack", "u_1", ""));

    assertThat(grouping.fingerprint().rule().jsonName()).isEqualTo(rule);
    assertThat(grouping.parts()).isEqualTo(Arrays.asList(parts.split(";")));
  }

  @Test
  void theDefaultKeepsApartWhatIsApartOtherwise() {
    String rules =
        """
        {"fingerprints": [{"name": "by-platform", "filter": "status:error",
          "fingerprint": ["{{ default }}", "{{platform}}"]}]}
        """;

    Grouping slack = group(rules, event("Slack", "u_1", ""));
    Grouping notion = group(rules, event("Notion", "u_1", ""));
    Grouping traced = group(rules, event("Slack", "u_1", TRACE));

    assertThat(List.of(slack, notion, traced))
        .extracting(grouping -> grouping.fingerprint().hash())
        .doesNotHaveDuplicates();
    assertThat(slack.configured()).isEqualTo("by-platform");
  }

  @Test
  void patternsDecideWhichFramesCount() {
    Event event = event("Slack", "u_1", TRACE);
    String rules =
        """
        {"own_code": ["org.postgresql."], "ignored_frames": ["com.acme.tracing."]}
        """;

    List<JudgedFrame> frames = group(rules, event).exceptions().getFirst().frames();

    assertThat(frames)
        .extracting(JudgedFrame::use)
        .containsExactly(FrameUse.OWN, FrameUse.IGNORED, FrameUse.OWN);
    assertThat(frames)
        .extracting(JudgedFrame::pattern)
        .containsExactly("org.postgresql.", "com.acme.tracing.", null);
    assertThat(group("{}", event).exceptions().getFirst().frames())
        .extracting(JudgedFrame::use)
        .containsExactly(FrameUse.LIBRARY, FrameUse.OWN, FrameUse.OWN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | `` | a JSON object",
        "{'fingerprint':[]} | /fingerprint | there is no such member",
        "{'own_code':['*']} | /own_code | every frame",
        "{'own_code':'com.acme.'} | /own_code | an array of at most 200 texts",
        "{'ignored_frames':[1]} | /ignored_frames | an array of at most 200 texts",
        "{'fingerprints':[{'filter':'a','fingerprint':['x']}]} | /fingerprints/0/name | a name of a-z",
        "{'fingerprints':[{'name':'a','filter':'a:(','fingerprint':['x']}]} | /fingerprints/0/filter | column",
        "{'fingerprints':[{'name':'a','fingerprint':['x']}]} | /fingerprints/0/filter | which errors are meant",
        "{'fingerprints':[{'name':'a','filter':'a'}]} | /fingerprints/0/fingerprint | at least one text",
        "{'fingerprints':[{'name':'a','filter':'a','fingerprint':['{{region}}']}]} | /fingerprints/0/fingerprint | attributes.region",
        "{'fingerprints':[{'name':'a','filter':'a','fingerprint':['x']},{'name':'a','filter':'b','fingerprint':['x']}]}"
            + " | /fingerprints/1/name | twice",
      })
  void whatIsWrongIsNamedWithItsPlace(String rules, String pointer, String detail) {
    assertThatThrownBy(() -> GroupingRulesReader.read(rules.replace('\'', '"')))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> {
              assertThat(refused.problem().status()).isEqualTo(400);
              assertThat(refused.problem().errors())
                  .anySatisfy(error -> {
                    assertThat(error.pointer()).isEqualTo(pointer);
                    assertThat(error.detail()).contains(detail);
                  });
            });
  }
}
