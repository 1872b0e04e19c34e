package io.puraify.blackbox.engine.errors;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventBatch;
import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.EventBlockBuilder;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Position;
import io.puraify.blackbox.engine.state.StateDatabase;
import io.puraify.blackbox.engine.state.StateOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Errors of project {@code p} that were put into groups, one after the other. */
final class ErrorLog implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final StateDatabase state;
  private final ErrorConsumer consumer;
  private final List<EventBlock> blocks = new ArrayList<>();
  private final StoredBlocks stored = new StoredBlocks();
  private long end;

  ErrorLog(Path file) {
    state = new StateDatabase(StateOptions.of(file, ErrorConsumer.SCHEMA));
    state.start();
    consumer = new ErrorConsumer(state, stored, new SimpleMeterRegistry());
    consumer.start(Position.START);
  }

  /** Puts events into groups, which are stored when this returns. */
  @SafeVarargs
  final EventBlock add(Map<Field, String>... events) {
    EventBlockBuilder builder = new EventBlockBuilder();
    for (Map<Field, String> event : events) {
      set(builder, Field.PROJECT_ID, "p");
      builder.integer(Field.TIMESTAMP, Micros.of(NOW));
      event.forEach((field, value) -> set(builder, field, value));
      builder.endRow();
    }
    EventBlock block = new EventBlock(new Position(end), builder.seal(Micros.of(NOW)));
    end += events.length;
    blocks.add(block);
    stored.add(block);
    consumer.apply(new EventBatch(List.of(block)));
    consumer.close();
    return block;
  }

  private static void set(EventBlockBuilder builder, Field field, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (field.kind() == Field.Kind.LABEL) {
      var _ = builder.label(field, utf8, 0, utf8.length);
    } else {
      builder.text(field, utf8, 0, utf8.length);
    }
  }

  /** Makes a change; {@code members} are those of {@code issue} besides the group. */
  EventBlock change(String group, String members) {
    return issue("\"group_id\":\"%s\",%s".formatted(group, members));
  }

  /** An event of type {@code issue_change}. */
  EventBlock issue(String members) {
    return add(
        Map.of(
            Field.EVENT_TYPE,
            ErrorEvents.ISSUE_CHANGE,
            Field.USER_ID,
            "ada",
            Field.ATTRIBUTES,
            "{\"issue\":{" + members + "}}"));
  }

  ErrorGroups groups() {
    return new ErrorGroups(state, () -> NOW);
  }

  List<GroupView> list() {
    return groups().list(GroupQuery.parse(Map.of())).groups();
  }

  StateDatabase state() {
    return state;
  }

  List<EventBlock> blocks() {
    return blocks;
  }

  ErrorConsumer consumer() {
    return consumer;
  }

  /** The group that has the example. */
  String groupOf(Event event) {
    return list().stream()
        .map(GroupView::id)
        .filter(id ->
            groups().find(id).orElseThrow().examples().stream()
                .anyMatch(example -> example.eventId().equals(event.eventId())))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    consumer.close();
    state.close();
  }
}
