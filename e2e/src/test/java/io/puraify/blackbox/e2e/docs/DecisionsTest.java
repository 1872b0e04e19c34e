package io.puraify.blackbox.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.e2e.Checkout;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DecisionsTest {

  private static final Path FOLDER = Checkout.root().resolve("docs/decisions");

  @Test
  void decisionsAreNumberedWithoutGapsOrRepeats() {
    List<String> names =
        Checkout.documents().stream()
            .filter(file -> file.startsWith(FOLDER))
            .map(file -> file.getFileName().toString())
            .toList();
    assertThat(names).isNotEmpty().allMatch(name -> name.matches("[0-9]{3}-[a-z0-9-]+\\.md"));
    assertThat(names.stream().map(name -> Integer.valueOf(name.substring(0, 3))))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, names.size()).boxed().toList());
  }
}
