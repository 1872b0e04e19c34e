package io.puraify.blackbox.engine.deployments;

import io.puraify.blackbox.engine.deployments.Traffic.Part;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which engines run for which projects in which versions, whatever the error is: it says whether a
 * change that was reported for a project is meant for that project alone. Immutable.
 */
final class Places {

  private record Engine(@Nullable String engine, @Nullable String version) {}

  private final Map<Engine, Set<String>> projectsOfVersions = new HashMap<>();
  private final Map<String, Set<String>> enginesOfProjects = new HashMap<>();

  /**
   * Of parts with project, engine and version.
   *
   * @param parts those without a project do not count
   */
  Places(Collection<Part> parts) {
    for (Part part : parts) {
      if (part.project() != null) {
        projectsOfVersions
            .computeIfAbsent(new Engine(part.engine(), part.version()), _ -> new HashSet<>())
            .add(part.project());
        enginesOfProjects
            .computeIfAbsent(part.project(), _ -> new HashSet<>())
            .add(Objects.requireNonNullElse(part.engine(), ""));
      }
    }
  }

  /**
   * The project that a change is limited to; {@code ""} where it is meant for all. A project
   * without calls stands for the platform: for all settings where it has none at all, for a
   * deployment where it has none of the engine, or where others run the same version.
   */
  String limit(Change change) {
    String project = change.project();
    Set<String> engines = project == null ? null : enginesOfProjects.get(project);
    if (project == null || engines == null) {
      return "";
    }
    if (!change.deploys()) {
      return project;
    }
    if (change.engine() != null && !engines.contains(change.engine())) {
      return "";
    }
    Set<String> same =
        projectsOfVersions.getOrDefault(new Engine(change.engine(), change.version()), Set.of());
    boolean elsewhere =
        change.version() != null && same.stream().anyMatch(other -> !other.equals(project));
    return elsewhere ? "" : project;
  }
}
