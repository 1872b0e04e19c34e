package io.puraify.blackbox.engine.audit;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What an auditor looks for first: what kind of deed an event is. An event has at most one, the
 * first that fits.
 */
public enum AuditMark {
  /** Somebody tried to sign in, and was not let in. */
  SIGN_IN_FAILURE,
  /** Somebody has signed in or out. */
  SIGN_IN,
  /** A credential was used or asked for, and that failed. */
  CREDENTIAL_FAILURE,
  /** Something else was refused. */
  DENIAL,
  /** A version was deployed. */
  DEPLOYMENT,
  /** A configuration or logic is another than before. */
  CHANGE;

  private static final Set<String> SIGN_INS =
      Set.of("sign_in", "signin", "login", "log_in", "sign_out", "signout", "logout", "log_out");
  private static final Set<String> CREDENTIALS = Set.of("credential_access", "credential_use");
  private static final Set<String> CHANGES =
      Set.of("config_change", "configuration_change", "logic_change", "blueprint_change");

  private static final Filter FAILED = in(Field.STATUS, "error", "timeout", "denied");

  private static final Map<AuditMark, Filter> FITS =
      Map.of(
          SIGN_IN_FAILURE,
          all(deed(SIGN_INS), FAILED),
          SIGN_IN,
          deed(SIGN_INS),
          CREDENTIAL_FAILURE,
          all(any(in(Field.ENGINE, "vault"), deed(CREDENTIALS)), FAILED),
          DENIAL,
          in(Field.STATUS, "denied"),
          DEPLOYMENT,
          deed(Set.of("deployment")),
          CHANGE,
          any(deed(CHANGES), exists("before"), exists("after")));

  /** That an event has any mark. */
  public static Filter any() {
    return new Filter.Or(Arrays.stream(values()).map(AuditMark::fits).toList());
  }

  private Filter fits() {
    return Objects.requireNonNull(FITS.get(this));
  }

  /** The name in requests and answers, such as {@code sign_in}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The mark of this label, if there is one. */
  static Optional<AuditMark> labelled(String label) {
    return Arrays.stream(values()).filter(mark -> mark.label().equals(label)).findFirst();
  }

  /** The mark of an event. */
  static Optional<AuditMark> of(Event event) {
    return Arrays.stream(values()).filter(mark -> mark.fits().test(event)).findFirst();
  }

  /** That an event has this mark. */
  Filter filter() {
    List<Filter> filters = new ArrayList<>();
    filters.add(fits());
    Arrays.stream(values(), 0, ordinal())
        .map(mark -> new Filter.Not(mark.fits()))
        .forEach(filters::add);
    return new Filter.And(filters);
  }

  private static Filter deed(Set<String> names) {
    return any(
        new Filter.In(new FieldRef.Known(Field.EVENT_TYPE), names),
        new Filter.In(new FieldRef.Known(Field.ACTION), names));
  }

  private static Filter in(Field field, String... values) {
    return new Filter.In(new FieldRef.Known(field), Set.of(values));
  }

  private static Filter exists(String attribute) {
    return new Filter.Exists(new FieldRef.Attribute(attribute));
  }

  private static Filter all(Filter... filters) {
    return new Filter.And(List.of(filters));
  }

  private static Filter any(Filter... filters) {
    return new Filter.Or(List.of(filters));
  }
}
