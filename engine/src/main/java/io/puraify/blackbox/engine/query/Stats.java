package io.puraify.blackbox.engine.query;

import io.puraify.blackbox.core.Aggregation;
import io.puraify.blackbox.core.Table;
import java.util.Optional;

/**
 * Measures of groups of events.
 *
 * @param aggregation what was asked
 * @param step as requests write it, {@code 5m}, where time is cut
 * @param table the answer
 */
public record Stats(Aggregation aggregation, Optional<String> step, Table table) {}
