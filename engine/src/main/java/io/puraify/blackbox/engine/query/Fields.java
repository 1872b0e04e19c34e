package io.puraify.blackbox.engine.query;

import io.puraify.blackbox.core.FieldValue;
import java.util.List;

/**
 * The names of what events have, with how many have it.
 *
 * @param fields of all events, in the order of an event
 * @param attributes of the events of the sample, the most frequent first
 * @param sampleSize how many events the sample has, the newest ones with attributes
 * @param sampled whether there are more than those
 */
public record Fields(
    List<FieldValue> fields, List<FieldValue> attributes, long sampleSize, boolean sampled) {

  public Fields {
    fields = List.copyOf(fields);
    attributes = List.copyOf(attributes);
  }
}
