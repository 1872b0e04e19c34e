package io.puraify.blackbox.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FoldsTest {

  private static EventBlock block(int rows) {
    EventBlockBuilder builder = new EventBlockBuilder();
    for (int row = 0; row < rows; row++) {
      byte[] user = ("u_" + row).getBytes(StandardCharsets.UTF_8);
      builder.integer(Field.TIMESTAMP, row);
      builder.text(Field.USER_ID, user, 0, user.length);
      builder.endRow();
    }
    return new EventBlock(new Position(7), builder.seal(9));
  }

  @Test
  void aBlockSaysWhatIsStoredAlsoWhenItIsReadAgain() {
    Folds folds = new Folds(4);
    folds.fold(2, 0);
    folds.fold(3, 0);
    folds.differ(0, Field.USER_ID);
    EventBlock plain = block(4);
    EventBlock read = new EventBlock(new Position(7), plain.with(folds).encoded());

    assertThat(read.hasFolds()).isTrue();
    assertThat(IntStream.range(0, 4).map(read::storedCount)).containsExactly(3, 1, 0, 0);
    assertThat(read.isStored(Field.USER_ID, 0)).isFalse();
    assertThat(read.isStored(Field.USER_ID, 1)).isTrue();
    assertThat(read.isStored(Field.TIMESTAMP, 0)).isTrue();
    assertThat(read.stored(0).orElseThrow().count()).isEqualTo(3);
    assertThat(read.stored(0).orElseThrow().text(Field.USER_ID)).isNull();
    assertThat(read.stored(3)).isEmpty();
    for (int row = 0; row < 4; row++) {
      assertThat(read.event(row)).isEqualTo(plain.event(row));
    }
  }

  @Test
  void aBlockWithoutFoldsStaysAsItIs() {
    EventBlock plain = block(2);

    assertThat(plain.with(new Folds(2))).isSameAs(plain);
    assertThat(plain.hasFolds()).isFalse();
    assertThat(plain.stored(1)).contains(plain.event(1));
  }

  @Test
  void aRowIsFoldedOnceAndIntoAnEarlierOneThatIsStored() {
    Folds folds = new Folds(3);
    folds.fold(1, 0);

    assertThatThrownBy(() -> folds.fold(2, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> folds.fold(1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> folds.fold(0, 2)).hasMessage("row 0 cannot be folded into 2");
  }

  @Test
  void aColumnOfFoldsThatIsCutOffIsRefused() {
    Folds folds = new Folds(3);
    folds.fold(1, 0);
    byte[] bytes = block(3).with(folds).encoded();

    assertThatThrownBy(() -> new EventBlock(Position.START, Arrays.copyOf(bytes, bytes.length - 8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a damaged event block: its folds");
  }
}
