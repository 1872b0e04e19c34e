package io.puraify.blackbox.server.cli.query;

import io.puraify.blackbox.server.cli.http.PercentEncoding;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request, in their order.
 *
 * @param list names may come several times
 */
public record QueryParameters(List<Parameter> list) {

  /** One of them, not encoded yet. */
  public record Parameter(String name, String value) {

    /** Adds one that was given. */
    public static void add(List<Parameter> list, String name, @Nullable Object value) {
      if (value != null) {
        list.add(new Parameter(name, value.toString()));
      }
    }
  }

  public QueryParameters {
    list = List.copyOf(list);
  }

  QueryParameters with(String name, String value) {
    return new QueryParameters(
        Stream.concat(list.stream(), Stream.of(new Parameter(name, value))).toList());
  }

  /** As the query of a URL. */
  public String encoded() {
    return list.stream()
        .map(each -> PercentEncoding.of(each.name()) + "=" + PercentEncoding.of(each.value()))
        .collect(Collectors.joining("&"));
  }
}
