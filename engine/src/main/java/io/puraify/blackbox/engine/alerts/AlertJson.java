package io.puraify.blackbox.engine.alerts;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import tools.jackson.databind.json.JsonMapper;

/** Alerts, groups and notifications as they lie in the state database. */
final class AlertJson {

  /** Of records their components alone: what they work out is worked out again. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .changeDefaultVisibility(visibility ->
              visibility
                  .withGetterVisibility(Visibility.NONE)
                  .withIsGetterVisibility(Visibility.NONE)
                  .withFieldVisibility(Visibility.ANY))
          .build();

  private AlertJson() {}

  static String write(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  static <T> T read(String json, Class<T> type) {
    return MAPPER.readValue(json, type);
  }
}
