package io.puraify.blackbox.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventTest {

  @Test
  void aBuilderThatGoesOnChangesNoEventThatItHasMade() {
    Event.Builder builder = Event.at(7).set(Field.PROJECT_ID, "p").set(Field.RETRIES, 1);
    Event first = builder.build();
    Event second = builder.set(Field.RETRIES, 2).set(Field.STATUS, "error").build();
    assertThat(first.integer(Field.RETRIES)).isEqualTo(1);
    assertThat(first.text(Field.STATUS)).isNull();
    assertThat(second.integer(Field.RETRIES)).isEqualTo(2);
    assertThat(second.text(Field.PROJECT_ID)).isEqualTo("p");
    assertThat(builder.build()).isEqualTo(second).isNotEqualTo(first);
  }
}
