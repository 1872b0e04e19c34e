package io.puraify.blackbox.engine.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.engine.replay.ChangeRuling.Guilt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  private List<Cause> causes(ChangeRuling... rulings) {
    return request().causes(ReplayTest.store(events), _ -> List.of(rulings)).causes();
  }

  /** A deployment of the vault of which something is thought, so many seconds after noon. */
  private static ChangeRuling vault(String event, double second, Guilt guilt, double score) {
    return new ChangeRuling(
        event,
        event,
        true,
        NOON + (long) (second * 1e6),
        "vault 1.20.0 was deployed",
        guilt,
        score,
        List.of("0 → 41 in 10,000 calls", "other versions unchanged"));
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
  void whatAllErrorsSayOfADeploymentCountsForMoreThanHowNearItWas() {
    add("", -1_500, "ENGINE", "vault", "EVENT_TYPE", "deployment", "VERSION", "1.20.0");
    add("", -192, "ENGINE", "execution", "EVENT_TYPE", "deployment", "VERSION", "2.4.1");
    call("s", 0, "execution", "send", "error");

    ChangeRuling cleared = vault("e1", -192, Guilt.CLEARED, 0);
    List<Cause> causes = causes(vault("e0", -1_500, Guilt.LIKELY, 0.9), cleared);

    assertThat(causes).extracting(Cause::eventId).containsExactly("e0", "e1");
    assertThat(causes.getFirst().score()).isGreaterThan(0.9);
    assertThat(causes)
        .extracting(Cause::reason)
        .containsExactly(
            "vault 1.20.0 was deployed 25 min 0 s before; likely to blame for all errors like this"
                + " one: 0 → 41 in 10,000 calls; other versions unchanged",
            "execution 2.4.1 was deployed 3 min 12 s before; not to blame for errors like this"
                + " one: 0 → 41 in 10,000 calls; other versions unchanged");
  }

  /**
   * How a deployment 192 s before the error ranks against the session's first failure, which is
   * half a minute before it, by what is thought of it.
   */
  @ParameterizedTest
  @CsvSource({
    "LIKELY, 0.3, e0 e1 e2",
    "POSSIBLE, 0.2, e1 e0 e2",
    "OPEN, 0.0, e1 e0 e2",
    "CLEARED, 0.0, e1 e2 e0"
  })
  void aRulingMovesADeployment(Guilt guilt, double score, String order) {
    add("", -192, "ENGINE", "vault", "EVENT_TYPE", "deployment", "VERSION", "1.20.0");
    call("s", -30, "execution", "send", "error");
    add("", -3_600, "ENGINE", "execution", "EVENT_TYPE", "deployment", "VERSION", "2.4.1");
    call("s", 0, "execution", "send", "error");

    assertThat(causes(vault("e0", -192, guilt, score)))
        .extracting(Cause::eventId)
        .containsExactly(order.split(" "));
  }

  @Test
  void aSuspectThatIsNoEventOfTheProjectIsNamedAndOthersAreNot() {
    call("s", 0, "execution", "send", "error");
    ChangeRuling seen =
        new ChangeRuling(
            "seen",
            null,
            true,
            NOON - 60_000_000,
            "vault 2 was first seen",
            Guilt.POSSIBLE,
            0.2,
            List.of("said"));

    List<Cause> causes =
        causes(
            vault("platform", -192, Guilt.LIKELY, 0.5),
            seen,
            vault("open", -10, Guilt.OPEN, 0),
            vault("cleared", -10, Guilt.CLEARED, 0),
            vault("later", 10, Guilt.LIKELY, 1),
            vault("long ago", -90_000, Guilt.LIKELY, 1));

    assertThat(causes)
        .extracting(Cause::kind, Cause::eventId, Cause::changeId)
        .containsExactly(
            tuple(Cause.Kind.DEPLOYMENT, "platform", "platform"),
            tuple(Cause.Kind.DEPLOYMENT, null, "seen"));
    assertThat(causes.getLast().reason())
        .isEqualTo(
            "vault 2 was first seen 1 min 0 s before; possibly to blame for all errors like this"
                + " one: said");
  }

  @Test
  void onlyWhatHasTheTypeOfAChangeIsKnownAsOne() {
    add("", -20, "ENGINE", "vault", "ACTION", "deployment", "VERSION", "1");
    add("", -10, "ENGINE", "vault", "EVENT_TYPE", "deployment", "VERSION", "2");
    call("s", -5, "vault", "get_token", "denied");
    call("s", 0, "execution", "send", "error");

    assertThat(causes())
        .extracting(Cause::eventId, Cause::changeId)
        .containsExactlyInAnyOrder(tuple("e0", null), tuple("e1", "e1"), tuple("e2", null));
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
