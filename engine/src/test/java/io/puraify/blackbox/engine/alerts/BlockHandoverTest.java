package io.puraify.blackbox.engine.alerts;

import static io.puraify.blackbox.engine.NumberedEvents.block;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BlockHandoverTest {

  private static final int[] ENDS = {1};

  private static EventBlock numbered(int number) {
    return new EventBlock(new Position(number), block(number, number + 1));
  }

  @Test
  void blocksAreTakenInOrderByAnotherThread() {
    List<Long> taken = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    try (BlockHandover handover =
        new BlockHandover(
            "other",
            (block, ends) -> {
              taken.add(block.first().value());
              threads.add(Thread.currentThread());
              assertThat(ends).isSameAs(ENDS);
            })) {
      for (int i = 0; i < 100; i++) {
        handover.take(numbered(i), ENDS);
      }
      handover.finish();
    }
    assertThat(taken).isEqualTo(LongStream.range(0, 100).boxed().toList());
    assertThat(threads).containsOnly(threads.getFirst()).doesNotContain(Thread.currentThread());
    assertThat(threads.getFirst().isAlive()).isFalse();
  }

  @Test
  void whatTheSinkThrowsIsThrownToWhoeverHandsOver() {
    try (BlockHandover handover =
        new BlockHandover(
            "other",
            (block, ends) -> {
              if (block.first().value() == 3) {
                throw new IllegalArgumentException("on purpose");
              }
            })) {
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 1_000; i++) {
                  handover.take(numbered(i), ENDS);
                }
              })
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("on purpose");
      assertThatThrownBy(handover::finish).hasMessage("on purpose");
    }
  }

  @Test
  void ofTheLastBlockToo() {
    try (BlockHandover handover =
        new BlockHandover(
            "other",
            (block, ends) -> {
              throw new StackOverflowError("on purpose");
            })) {
      handover.take(numbered(0), ENDS);
      assertThatThrownBy(handover::finish).isInstanceOf(StackOverflowError.class);
    }
  }

  @Test
  void whatWaitsIsForgottenWhenItIsClosedBeforeItsEnd() {
    List<Long> taken = new ArrayList<>();
    try (BlockHandover handover =
        new BlockHandover(
            "other",
            (block, ends) -> {
              taken.add(block.first().value());
              awaitInterrupt();
            })) {
      handover.take(numbered(0), ENDS);
      handover.take(numbered(1), ENDS);
    }
    assertThat(taken).hasSizeLessThan(2);
  }

  private static void awaitInterrupt() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
