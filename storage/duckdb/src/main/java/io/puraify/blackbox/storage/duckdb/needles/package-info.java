/**
 * The needle index: which rows of a day can hold a word or an id at all. It stands beside the day's
 * file, is made of what is in that, and can be made again at any time.
 */
@NullMarked
package io.puraify.blackbox.storage.duckdb.needles;

import org.jspecify.annotations.NullMarked;
