/** Benchmarks, the load driver and peers. */
@NullMarked
package io.puraify.blackbox.bench;

import org.jspecify.annotations.NullMarked;
