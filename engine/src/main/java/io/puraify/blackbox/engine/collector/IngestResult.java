package io.puraify.blackbox.engine.collector;

import io.puraify.blackbox.core.Position;
import java.util.List;

/**
 * What became of a request.
 *
 * @param accepted items that are safe on disk, repeats of earlier ones included
 * @param duplicates those of them that were repeats and not stored again
 * @param rejected items that did not become events
 * @param rejections the first of them, at most {@link #MAX_REJECTIONS}
 * @param end behind the last event of the request and behind those that it repeats
 */
public record IngestResult(
    long accepted, long duplicates, long rejected, List<Rejection> rejections, Position end) {

  /** An answer lists no more than this; the count tells of the others. */
  public static final int MAX_REJECTIONS = 1_000;

  public IngestResult {
    rejections = List.copyOf(rejections);
  }
}
