package io.puraify.blackbox.server.config;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.ConfigValueConfigSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One place where settings are given: the file, the variables or the flags. */
final class Layer implements ConfigValueConfigSource {

  private final String name;
  private final int ordinal;
  private final Map<String, ConfigValue> values = new LinkedHashMap<>();

  /**
   * An empty layer.
   *
   * @param ordinal a layer of a higher one wins
   */
  Layer(String name, int ordinal) {
    this.name = name;
    this.ordinal = ordinal;
  }

  /**
   * Sets a value.
   *
   * @param origin where exactly it was given, for messages
   */
  void put(String setting, String value, String origin) {
    values.put(
        setting,
        ConfigValue.builder()
            .withName(setting)
            .withValue(value)
            .withRawValue(value)
            .withConfigSourceName(origin)
            .withConfigSourceOrdinal(ordinal)
            .build());
  }

  @Override
  public @Nullable ConfigValue getConfigValue(String setting) {
    return values.get(setting);
  }

  @Override
  public Map<String, ConfigValue> getConfigValueProperties() {
    return values;
  }

  @Override
  public Set<String> getPropertyNames() {
    return values.keySet();
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public int getOrdinal() {
    return ordinal;
  }
}
