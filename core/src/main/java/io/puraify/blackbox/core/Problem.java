package io.puraify.blackbox.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a request was refused, as RFC 9457 problem details.
 *
 * @param status the HTTP status, 400 to 599
 * @param type a short name that programs can rely on, such as {@code invalid-filter}
 * @param title what went wrong, the same for every problem of the type
 * @param detail what went wrong here and what was expected instead
 * @param errors the single places that are wrong, if there are some
 */
public record Problem(int status, String type, String title, String detail, List<Item> errors) {

  /**
   * One place that is wrong.
   *
   * @param index which item of the request, from 0; {@code null} where it is not about an item
   * @param pointer a JSON pointer (RFC 6901) into the item, or the name of a parameter
   */
  public record Item(@Nullable Long index, String pointer, String detail) {}

  public Problem {
    errors = List.copyOf(errors);
  }

  public Problem(int status, String type, String title, String detail) {
    this(status, type, title, detail, List.of());
  }
}
