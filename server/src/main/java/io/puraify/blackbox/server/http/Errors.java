package io.puraify.blackbox.server.http;

import io.puraify.blackbox.engine.errors.ErrorGroups;
import io.puraify.blackbox.engine.errors.PreviewRequest;
import io.puraify.blackbox.engine.errors.RuleVersions;
import io.puraify.blackbox.engine.errors.RulesPreview;
import io.puraify.blackbox.engine.state.StateDatabase;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the API needs of the Error Aggregator.
 *
 * @param file that has the grouping rules, where they are not those of the API
 */
public record Errors(ErrorGroups groups, StateDatabase state, Optional<Path> file) {

  RuleVersions rules() {
    return new RuleVersions(state);
  }

  RulesPreview preview(PreviewRequest request) {
    return new RulesPreview(request, state);
  }
}
