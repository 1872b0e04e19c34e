package io.puraify.blackbox.engine.state;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * How a {@link StateDatabase} works.
 *
 * @param file of the database; created where it is not there, in a folder that is
 * @param schemas of all features
 * @param faultPoint told the names of moments at which a crash is interesting; does nothing except
 *     in crash tests
 */
public record StateOptions(Path file, List<StateSchema> schemas, Consumer<String> faultPoint) {

  public StateOptions {
    schemas = List.copyOf(schemas);
  }

  public static StateOptions of(Path file, StateSchema... schemas) {
    return new StateOptions(file, List.of(schemas), name -> {});
  }

  public StateOptions withFaultPoint(Consumer<String> faultPoint) {
    return new StateOptions(file, schemas, faultPoint);
  }
}
