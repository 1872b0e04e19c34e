/** An OpenSearch node to measure Blackbox against. */
@NullMarked
package io.puraify.blackbox.bench.opensearch;

import org.jspecify.annotations.NullMarked;
