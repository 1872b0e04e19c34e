package io.puraify.blackbox.engine.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CausesTest {

  private static final long NOON = 43_200_000_000L;

  private final List<Event> events = new ArrayList<>();

  /** An event so many seconds after noon; the others are names of fields and values in turn. */
  private void add(String session, double second, String... values) {
    Event.Builder event =
        Event.at(events.size())
            .set(Field.PROJECT_ID, "p")
            .set(Field.EVENT_ID, "e" + events.size())
            .set(Field.SESSION_ID, session)
            .set(Field.TIMESTAMP, NOON + (long) (second * 1e6))
            .set(Field.RECEIVED_AT, 0L);
    for (int i = 0; i < values.length; i += 2) {
      event.set(Field.valueOf(values[i]), values[i + 1]);
    }
    events.add(event.build());
  }

  private void call(String session, double second, String engine, String action, String status) {
    add(session, second, "ENGINE", engine, "ACTION", action, "STATUS", status, "FLOW_ID", "f");
  }

  private List<Cause> causes() {
    return request().causes(ReplayTest.store(events)).causes();
  }

  private static ErrorRequest request() {
    return ErrorRequest.parseWindow("s", Map.of(), Instant.EPOCH);
  }

  @Test
  void theCallThatFailedFirstComesBeforeTheRetriesThatFollowedIt() {
    call("s", 0, "execution", "open", "success");
    call("s", 10, "vault", "get_token", "error");
    call("s", 11, "execution", "send", "retry");
    call("s", 12, "execution", "send", "retry");
    call("s", 13, "execution", "send", "error");

    List<Cause> causes = causes();

    assertThat(causes).extracting(Cause::eventId).containsExactly("e1", "e2");
    assertThat(causes.getLast().reason())
        .isEqualTo("execution send was tried again 2 times, from 2.0 s before on, without success");
    assertThat(causes.getFirst().reason())
        .isEqualTo("vault get_token was the first to fail, 3.0 s before: error");
  }

  @Test
  void aDeploymentOfTheEngineThatFailsComesBeforeOneOfAnotherEngineAtTheSameTime() {
    add("", -200, "ENGINE", "feedback_loop", "EVENT_TYPE", "deployment", "VERSION", "7.0.0");
    add("", -192, "ENGINE", "execution", "EVENT_TYPE", "deployment", "VERSION", "2.4.1");
    call("s", 0, "execution", "send", "error");

    List<Cause> causes = causes();

    assertThat(causes).extracting(Cause::eventId).containsExactly("e1", "e0");
    assertThat(causes.getFirst().reason())
        .isEqualTo("execution 2.4.1 was deployed 3 min 12 s before");
  }

  @Test
  void aChangeOfTheConfigurationSaysWhatWasChanged() {
    add(
        "",
        -60,
        "ENGINE",
        "platform_builder",
        "PLATFORM",
        "Slack",
        "EVENT_TYPE",
        "config_change",
        "USER_ID",
        "u_1",
        "ATTRIBUTES",
        "{\"before\":{\"retries\":3,\"url\":\"a\"},\"after\":{\"retries\":0,\"url\":\"a\"}}");
    add("s", 0, "PLATFORM", "Slack", "STATUS", "error");

    assertThat(causes())
        .extracting(Cause::reason)
        .containsExactly(
            "the configuration of Slack was changed by u_1 (retries: 3 → 0) 1 min 0 s before");
  }

  @Test
  void whatIsLongAgoOrComesLaterIsNoCause() {
    call("s", -4_000, "vault", "get_token", "timeout");
    add("", -90_000, "ENGINE", "execution", "EVENT_TYPE", "deployment");
    call("s", 0, "execution", "send", "error");
    add("", 5, "ENGINE", "execution", "EVENT_TYPE", "deployment");

    assertThat(causes()).isEmpty();
  }

  @Test
  void otherSessionsWithTheSameErrorAreFoundWhateverValuesTheirMessagesHave() {
    for (String session : List.of("s", "other", "different", "fine")) {
      int number = events.size();
      call(session, number, "execution", "open", "success");
      call(session, number + 1, "execution", "fetch", "success");
      boolean fine = session.equals("fine");
      add(
          session,
          number + 2,
          "ENGINE",
          "execution",
          "ACTION",
          "send",
          "FLOW_ID",
          "f",
          "STATUS",
          fine ? "success" : "error",
          "USER_ID",
          "user of " + session,
          "MESSAGE",
          session.equals("different") ? "disk full" : "no answer from 10.0.0." + number);
    }

    RelatedSessions related = request().related(ReplayTest.store(events));

    assertThat(related.sameError())
        .extracting(RelatedSessions.SameError::id, RelatedSessions.SameError::sameSteps)
        .containsExactly(tuple("other", true));
    assertThat(related.sameErrorUsers()).isEqualTo(1);
    assertThat(related.sameSteps()).isEqualTo(3);
    assertThat(related.sameStepsFailed()).isEqualTo(1);
    RelatedSessions.Parting parting = related.parting();
    assertThat(parting).isNotNull();
    assertThat(parting.id()).isEqualTo("fine");
    assertThat(parting.common()).isEqualTo(2);
    assertThat(parting.reason())
        .isEqualTo(
            "After 2 steps in common, execution send ended here with error, there with success");
  }
}
