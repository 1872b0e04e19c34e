/** Events in DuckDB files, one a UTC day. */
@NullMarked
package io.puraify.blackbox.storage.duckdb;

import org.jspecify.annotations.NullMarked;
