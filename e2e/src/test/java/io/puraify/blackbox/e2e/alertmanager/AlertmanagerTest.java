package io.puraify.blackbox.e2e.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.e2e.Checkout;
import io.puraify.blackbox.e2e.alertmanager.Cases.Case;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whether Alertmanager does what is written down of it. The engine's {@code
 * AlertmanagerAgreementTest} holds the pipeline to the same file.
 *
 * <p>{@code -Dalertmanager.record=true} plays all cases instead and writes down anew what each has
 * told.
 */
class AlertmanagerTest {

  /** Units; nobody waits for longer cases each time. */
  private static final int LONGEST = 13;

  @TempDir private Path folder;

  @Test
  void alertmanagerDoesWhatIsWrittenDownOfIt() throws Exception {
    String program = program();
    Cases cases = new Cases();
    boolean recording = Boolean.getBoolean("alertmanager.record");
    List<Case> tried =
        cases.all().stream().filter(each -> recording || each.until() <= LONGEST).toList();
    Map<Integer, List<String>> told;
    try (Alertmanager alertmanager = new Alertmanager(program, folder, cases, tried)) {
      told = alertmanager.play(tried);
    }
    if (recording) {
      cases.record(told);
    }
    assertThat(tried)
        .hasSizeGreaterThan(30)
        .allSatisfy(
            each -> assertThat(told.get(each.number())).as(each.name()).isEqualTo(each.told()));
  }

  /** The test is aborted, with the reason, where there is none and none can be fetched. */
  private static String program() throws Exception {
    Path script = Checkout.root().resolve("scripts/alertmanager.sh");
    Checkout.Result found = Checkout.run(Checkout.root(), System.getenv(), script.toString());
    Assumptions.assumeTrue(found.exitCode() == 0, found.err());
    return found.out().strip();
  }
}
