package io.puraify.blackbox.engine.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventBatch;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.engine.consumers.MemoryEventStore;
import io.puraify.blackbox.engine.errors.PreviewResult.Joined;
import io.puraify.blackbox.engine.errors.PreviewResult.Part;
import io.puraify.blackbox.engine.errors.PreviewResult.Split;
import io.puraify.blackbox.engine.errors.PreviewResult.Stop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class RulesPreviewTest {

  @TempDir Path folder;

  private ErrorLog log;

  @BeforeEach
  void open() {
    log = new ErrorLog(folder.resolve("errors.sqlite"));
    for (int i = 0; i < 3; i++) {
      log.add(error("a", "Slack"), error("a", "Notion"), error("b", "Slack"), error("c", "Slack"));
    }
    log.add(Map.of(Field.STATUS, "success", Field.PLATFORM, "Slack"));
  }

  @AfterEach
  void close() {
    log.close();
  }

  private static Map<Field, String> error(String message, String platform) {
    return Map.of(
        Field.STATUS, "error", Field.MESSAGE, "failed: " + message, Field.PLATFORM, platform);
  }

  private MemoryEventStore store() {
    MemoryEventStore store = new MemoryEventStore();
    store.append(new EventBatch(log.blocks()));
    return store;
  }

  private static PreviewRequest request(String json) {
    return PreviewRequest.read(JsonMapper.shared().readTree(json), ErrorLog.NOW.plusSeconds(60));
  }

  private PreviewResult preview(String rules, Duration longest) {
    return new RulesPreview(request("{\"rules\":" + rules + "}"), log.state(), longest)
        .run(store());
  }

  private PreviewResult preview(String rules) {
    return preview(rules, Duration.ofMinutes(1));
  }

  @Test
  void theSameRulesKeepEachGroup() {
    PreviewResult same = preview("{}");

    assertThat(same.errors()).isEqualTo(12);
    assertThat(same.stop()).isNull();
    assertThat(same.numbers()).isEqualTo(new PreviewResult.Numbers(3, 3, 3, 0, 0, 0));
  }

  @Test
  void groupsThatPartAndGroupsThatBecomeOneAreListedWithTheirNumbers() {
    String rules =
        """
        {"fingerprints": [
          {"name": "notion", "filter": "platform:Notion", "fingerprint": ["notion"]},
          {"name": "b-and-c", "filter": "b OR c", "fingerprint": ["b or c"]}]}
        """;

    PreviewResult changed = preview(rules);

    assertThat(changed.numbers()).isEqualTo(new PreviewResult.Numbers(3, 3, 0, 1, 1, 2));
    Split split = changed.split().getFirst();
    assertThat(split.group().title()).isEqualTo("failed: a");
    assertThat(split.group().errors()).isEqualTo(6);
    assertThat(split.into()).extracting(Part::errors).containsExactly(3L, 3L);
    assertThat(split.into()).extracting(Part::isNew).containsExactlyInAnyOrder(true, false);
    Joined merged = changed.merged().getFirst();
    assertThat(merged.group().errors()).isEqualTo(6);
    assertThat(merged.group().isNew()).isTrue();
    assertThat(merged.of())
        .extracting(Part::title)
        .containsExactlyInAnyOrder("failed: b", "failed: c");
    assertThat(changed.fresh())
        .extracting(joined -> joined.group().errors())
        .containsExactlyInAnyOrder(3L, 6L);
    Event example =
        log.blocks().stream()
            .flatMap(
                block -> java.util.stream.IntStream.range(0, block.rows()).mapToObj(block::event))
            .filter(event -> event.eventId().equals(merged.of().getFirst().exampleId()))
            .findFirst()
            .orElseThrow();
    assertThat(merged.of().getFirst().title()).isEqualTo(example.text(Field.MESSAGE));
  }

  /** What a preview says is what becomes of it. */
  @Test
  void applyingGivesTheGroupsOfThePreview() {
    String rules =
        """
        {"fingerprints": [{"name": "n", "filter": "platform:Notion OR b", "fingerprint": ["n"]}]}
        """;
    PreviewResult changed = preview(rules);
    Map<String, Long> expected = new java.util.TreeMap<>();
    changed.merged().forEach(each -> expected.put(each.group().groupId(), each.group().errors()));
    changed
        .split()
        .forEach(each ->
            each.into().stream()
                .filter(part -> !expected.containsKey(part.groupId()))
                .forEach(part -> expected.put(part.groupId(), part.errors())));

    log.issue("\"change\":\"apply_rules\",\"rules\":" + rules.replace("\n", " "));

    Map<String, Long> actual = new java.util.TreeMap<>();
    log.list().forEach(group -> actual.put(group.id(), group.numbers().errors()));
    assertThat(actual).hasSize(3).containsAllEntriesOf(expected);
    assertThat(preview(rules).numbers().kept()).as("they are in force now").isEqualTo(3);
  }

  @Test
  void itSaysThatAndWhyItStoppedEarly() {
    assertThat(preview("{}", Duration.ZERO).stop()).isEqualTo(Stop.TIME);
    PreviewResult some =
        new RulesPreview(request("{\"rules\":{},\"max_errors\":5}"), log.state()).run(store());
    assertThat(some.stop()).isEqualTo(Stop.ERRORS);
    assertThat(some.errors()).isEqualTo(5);
    PreviewResult other =
        new RulesPreview(request("{\"rules\":{},\"project_id\":\"q\"}"), log.state()).run(store());
    assertThat(other.errors()).isZero();
    assertThat(other.stop()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | /rules",
        "{'rules':{'own':[]}} | /rules/own",
        "{'rules':{},'from':'x'} | /from",
        "{'rules':{},'since':'soon'} | /since",
        "{'rules':{},'from':'2026-03-01','to':'2026-02-01'} | /from",
        "{'rules':{},'max_errors':0} | /max_errors",
        "{'rules':{},'limit':1} | /limit",
      })
  void whatIsWrongIsNamedWithItsPlace(String request, String pointer) {
    assertThatThrownBy(() -> request(request.replace('\'', '"')))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused ->
                assertThat(refused.problem().errors())
                    .anySatisfy(error -> assertThat(error.pointer()).isEqualTo(pointer)));
  }
}
