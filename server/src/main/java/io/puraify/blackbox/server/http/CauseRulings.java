package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.engine.deployments.Change;
import io.puraify.blackbox.engine.deployments.ChangeKind;
import io.puraify.blackbox.engine.deployments.Ruling;
import io.puraify.blackbox.engine.deployments.Suspect;
import io.puraify.blackbox.engine.errors.ErrorGroups;
import io.puraify.blackbox.engine.replay.ChangeRuling;
import io.puraify.blackbox.engine.replay.ChangeRuling.Guilt;
import io.puraify.blackbox.engine.replay.ErrorRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the group of an error says of changes as its cause. Safe for any thread.
 *
 * @param groups {@code null} where errors are not put into groups, and nothing is said
 */
record CauseRulings(@Nullable ErrorGroups groups, GroupSuspects suspects)
    implements ErrorRequest.Rulings {

  @Override
  public List<ChangeRuling> of(Event error) {
    if (groups == null) {
      return List.of();
    }
    return groups
        .find(error)
        .map(group ->
            suspects.answer(group).suspicion().suspects().stream()
                .map(CauseRulings::ruling)
                .toList())
        .orElse(List.of());
  }

  private static ChangeRuling ruling(Suspect suspect) {
    Change change = suspect.change();
    return new ChangeRuling(
        change.id(),
        change.kind() == ChangeKind.VERSION ? null : change.id(),
        change.deploys(),
        change.micros(),
        change.happened(),
        guilt(suspect.ruling()),
        suspect.score(),
        suspect.evidence());
  }

  private static Guilt guilt(Ruling ruling) {
    return switch (ruling) {
      case LIKELY -> Guilt.LIKELY;
      case POSSIBLE -> Guilt.POSSIBLE;
      case THIN_BASELINE -> Guilt.OPEN;
      case CONTROLS_ROSE, NOT_RISEN, OUT_OF_REACH, AFTER_ONSET -> Guilt.CLEARED;
    };
  }
}
