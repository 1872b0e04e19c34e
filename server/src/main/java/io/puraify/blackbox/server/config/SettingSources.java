package io.puraify.blackbox.server.config;

import io.puraify.blackbox.core.Retention;
import io.puraify.blackbox.engine.collector.RedactionOptions;
import io.puraify.blackbox.engine.query.QueryLimits;
import io.puraify.blackbox.server.config.SettingInForce.Source;
import io.puraify.blackbox.server.config.Settings.Alerts;
import io.puraify.blackbox.server.config.Settings.Audit;
import io.puraify.blackbox.server.config.Settings.DuckDb;
import io.puraify.blackbox.server.config.Settings.Forwarding;
import io.puraify.blackbox.server.config.Settings.Http;
import io.puraify.blackbox.server.config.Settings.JournalSettings;
import io.puraify.blackbox.server.config.Settings.Logging;
import io.puraify.blackbox.server.config.Settings.RecordingSettings;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where settings are given. Flags are stronger than variables, variables than the file, and the
 * file than the defaults.
 *
 * @param file settings as YAML
 * @param fileExpected whether it is wrong that there is no such file
 * @param variables of the environment; those that do not begin with {@code BLACKBOX_} say nothing
 * @param flags by the full names of the settings, such as {@code http.port}
 */
public record SettingSources(
    Path file, boolean fileExpected, Map<String, String> variables, Map<String, String> flags) {

  /** Where settings are looked for in the working directory. */
  private static final Path USUAL_FILE = Path.of("blackbox.yaml");

  private static final String FILE_VARIABLE = "BLACKBOX_CONFIG";

  private static final int FILE_ORDINAL = Source.FILE.ordinal();
  private static final int VARIABLES_ORDINAL = Source.VARIABLE.ordinal();
  private static final int FLAGS_ORDINAL = Source.FLAG.ordinal();

  /** A pattern may name the very secret that it masks, and an address have a token in it. */
  private static final Set<Setting<?>> SECRET =
      Set.of(Setting.REDACTION_PATTERNS, Setting.AUDIT_ANCHOR_URL, Setting.AUDIT_ANCHOR_SECRET);

  /**
   * The sources of a process: the file is the one that is named, or the one that {@code
   * BLACKBOX_CONFIG} names, or else {@code blackbox.yaml} in the working directory, where there is
   * one.
   *
   * @param named a file by a flag, or {@code null}
   */
  public static SettingSources of(
      @Nullable Path named, Map<String, String> variables, Map<String, String> flags) {
    String variable = variables.getOrDefault(FILE_VARIABLE, "");
    if (named != null || !variable.isEmpty()) {
      Path file = named != null ? named : Path.of(variable);
      return new SettingSources(file, true, variables, flags);
    }
    return new SettingSources(USUAL_FILE, false, variables, flags);
  }

  /**
   * Reads all of them.
   *
   * @throws SettingsException naming everything that cannot be understood
   */
  public Settings read() {
    List<String> problems = new ArrayList<>();
    Layer fromFile = new Layer("file", FILE_ORDINAL);
    if (fileExpected || Files.exists(file)) {
      SettingsFile.read(file, fromFile, problems);
    }
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withDefaultValues(defaults())
            .withSources(fromFile, fromVariables(problems), fromFlags())
            .build();
    Settings settings = new Reader(config, problems).settings();
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
    return settings;
  }

  private static Map<String, String> defaults() {
    return Setting.ALL.stream()
        .filter(setting -> !setting.named())
        .collect(Collectors.toMap(Setting::name, Setting::defaultText));
  }

  /** A variable that is set to nothing is as good as none: containers pass such. */
  private Layer fromVariables(List<String> problems) {
    Layer layer = new Layer("variables", VARIABLES_ORDINAL);
    new TreeMap<>(variables)
        .forEach((variable, value) -> {
          boolean ours =
              variable.startsWith(Setting.VARIABLE_PREFIX)
                  && !SettingNames.OTHER_VARIABLES.contains(variable);
          if (ours && !value.isEmpty()) {
            SettingNames.nameOfVariable(variable)
                .ifPresentOrElse(
                    name -> layer.put(name, value, variable),
                    () -> problems.add(variable + ": " + SettingNames.unknownVariable(variable)));
          }
        });
    return layer;
  }

  private Layer fromFlags() {
    Layer layer = new Layer("flags", FLAGS_ORDINAL);
    flags.forEach((name, value) ->
        layer.put(name, value, SettingNames.setting(name).map(Setting::flag).orElse(name)));
    return layer;
  }

  /** Turns texts into values. */
  private record Reader(SmallRyeConfig config, List<String> problems) {

    Settings settings() {
      return new Settings(
          new Http(value(Setting.HTTP_HOST), value(Setting.HTTP_PORT)),
          value(Setting.DATA_DIR),
          value(Setting.STORE),
          new JournalSettings(value(Setting.JOURNAL_SYNC), value(Setting.JOURNAL_MAX_BYTES)),
          new Retention(value(Setting.RETENTION_DAYS), values(Setting.RETENTION_PROJECTS)),
          new DuckDb(value(Setting.DUCKDB_THREADS), ByteSize.format(value(Setting.DUCKDB_MEMORY))),
          new QueryLimits(
              value(Setting.QUERY_TIMEOUT),
              value(Setting.QUERY_MAX_RUNNING),
              value(Setting.QUERY_MAX_WAITING)),
          value(Setting.TAIL_MAX_READERS),
          value(Setting.ERRORS_ENABLED),
          value(Setting.ERRORS_STORE),
          value(Setting.ERRORS_RULES),
          new Alerts(
              value(Setting.ALERTS_CHANNELS),
              value(Setting.ALERTS_POLICIES),
              value(Setting.ALERTS_PRIVATE_ADDRESSES)),
          new Forwarding(
              value(Setting.FORWARD_DESTINATIONS), value(Setting.FORWARD_PRIVATE_ADDRESSES)),
          new Audit(
              value(Setting.AUDIT_ENABLED),
              value(Setting.AUDIT_ANCHOR).orElse(null),
              value(Setting.AUDIT_ANCHOR_URL),
              value(Setting.AUDIT_ANCHOR_SECRET)),
          new RedactionOptions(
              value(Setting.REDACTION_DISABLED),
              value(Setting.REDACTION_KEYS),
              values(Setting.REDACTION_PATTERNS)),
          new RecordingSettings(
              value(Setting.RECORDINGS_MASK_INPUTS),
              value(Setting.RECORDINGS_MAX_CHUNK_BYTES),
              value(Setting.RECORDINGS_MAX_SESSION_BYTES),
              value(Setting.RECORDINGS_MAX_BYTES)),
          new Logging(value(Setting.LOG_LEVEL), value(Setting.LOG_FORMAT)),
          all());
    }

    /** A value that cannot be read becomes a problem, and the default for the moment. */
    private <T> T value(Setting<T> setting) {
      T value = read(setting, setting.name());
      return value == null ? setting.type().reader().apply(setting.defaultText()) : value;
    }

    private <T> Map<String, T> values(Setting<T> setting) {
      Map<String, T> values = new TreeMap<>();
      for (String name : names(setting)) {
        T value = read(setting, name);
        if (value != null) {
          values.put(name.substring(setting.name().length() + 1), value);
        }
      }
      return values;
    }

    /** The names under which a setting is given, in order. */
    private Set<String> names(Setting<?> setting) {
      if (!setting.named()) {
        return Set.of(setting.name());
      }
      Set<String> names = new TreeSet<>();
      for (String name : config.getPropertyNames()) {
        if (name.startsWith(setting.name() + ".")) {
          names.add(name);
        }
      }
      return names;
    }

    private List<SettingInForce> all() {
      List<SettingInForce> all = new ArrayList<>();
      for (Setting<?> setting : Setting.ALL) {
        for (String name : names(setting)) {
          all.add(inForce(setting, name));
        }
      }
      return all;
    }

    private SettingInForce inForce(Setting<?> setting, String name) {
      ConfigValue given = config.getConfigValue(name);
      int ordinal = given.getConfigSourceOrdinal();
      boolean isDefault = ordinal < FILE_ORDINAL;
      return new SettingInForce(
          setting,
          name,
          SECRET.contains(setting) ? null : text(setting, given),
          isDefault ? Source.DEFAULT : Source.values()[ordinal],
          isDefault ? null : given.getConfigSourceName());
    }

    /** As it was given, but what a number stands for in its place: 0 may be one a processor. */
    private static String text(Setting<?> setting, ConfigValue given) {
      String text = given.getValue() == null ? "" : given.getValue();
      try {
        return setting.type().reader().apply(text) instanceof Integer number
            ? number.toString()
            : text;
      } catch (IllegalArgumentException e) {
        // Told as a problem already, and nothing starts.
        return text;
      }
    }

    private <T> @Nullable T read(Setting<T> setting, String name) {
      ConfigValue given = config.getConfigValue(name);
      try {
        return setting.type().reader().apply(given.getValue());
      } catch (IllegalArgumentException e) {
        if (SECRET.contains(setting)) {
          // Nor why: the reason repeats the value, or a part of it.
          problems.add(
              "%s: %s cannot be used; expected %s"
                  .formatted(given.getConfigSourceName(), name, setting.type().expected()));
          return null;
        }
        String why = e.getMessage() == null ? "" : " (" + e.getMessage() + ")";
        problems.add(
            "%s: %s is '%s'%s; expected %s"
                .formatted(
                    given.getConfigSourceName(),
                    name,
                    given.getValue(),
                    why,
                    setting.type().expected()));
        return null;
      }
    }
  }
}
