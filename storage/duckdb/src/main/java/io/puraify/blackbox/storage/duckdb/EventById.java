package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.AssignedId;
import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Order;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/** Finds the event of an id. */
final class EventById {

  private final DayFiles files;

  EventById(DayFiles files) {
    this.files = files;
  }

  /**
   * The event to which an id was assigned, else the newest to which a sender gave it. A sender may
   * give what looks like an assigned id.
   */
  Optional<Event> find(String id) throws SQLException {
    OptionalLong position = AssignedId.position(id);
    if (position.isPresent()) {
      Optional<Event> assigned = assigned(id, position.getAsLong());
      if (assigned.isPresent()) {
        return assigned;
      }
    }
    return first(
        files.all().reversed(),
        new Filter.In(new FieldRef.Known(Field.EVENT_ID), Set.of(id)),
        parameters -> SqlFilter.givenId(Set.of(id), parameters));
  }

  /** Each file knows which positions it may hold; most events are of the day of their receipt. */
  private Optional<Event> assigned(String id, long position) throws SQLException {
    long received = Micros.day(AssignedId.receivedAtMicros(id).orElseThrow());
    List<DayFile> days =
        files.all().stream()
            .filter(file -> file.meta.mayHold(position))
            .sorted(Comparator.comparingLong(file -> Math.abs(file.day - received)))
            .toList();
    return first(days, Filter.ALL, parameters -> SqlFilter.assignedId(id, position, parameters));
  }

  private Optional<Event> first(
      List<DayFile> days, Filter filter, Function<SqlParameters, String> condition)
      throws SQLException {
    var walk = new DayWalk(files, Order.NEWEST_FIRST, filter, condition);
    return walk.first(days, 1).stream().findFirst();
  }
}
