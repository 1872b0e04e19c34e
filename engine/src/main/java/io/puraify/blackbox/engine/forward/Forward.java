package io.puraify.blackbox.engine.forward;

import io.puraify.blackbox.core.Filter;

/**
 * Which events go where.
 *
 * @param name of the destination, as it is configured
 * @param filter which events are forwarded
 */
public record Forward(String name, Destination destination, Filter filter) {}
