package io.puraify.blackbox.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.e2e.Checkout;
import org.junit.jupiter.api.Test;

class ChangelogTest {

  @Test
  void everyEntrySaysWhatKindOfChangeItIs() {
    Markdown changelog = Markdown.read(Checkout.root().resolve("CHANGELOG.md"));
    assertThat(changelog.prose().stream().filter(line -> line.startsWith("- ")))
        .isNotEmpty()
        .allMatch(entry -> entry.matches("- \\[(FEATURE|CHANGE|FIX)] .+"));
  }
}
