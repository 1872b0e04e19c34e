package io.puraify.blackbox.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderLockTest {

  @TempDir Path folder;

  /** Takes the folder it is given and keeps it until its standard input ends. */
  static final class Holder {
    public static void main(String[] arguments) throws IOException {
      try (DataFolderLock _ = DataFolderLock.take(Path.of(arguments[0]))) {
        System.out.println("taken");
        System.in.read();
      } catch (JournalException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void aSecondTakerIsRefusedAndToldThePid() {
    try (DataFolderLock _ = DataFolderLock.take(folder)) {
      assertThatThrownBy(() -> DataFolderLock.take(folder))
          .isInstanceOf(JournalException.class)
          .hasMessage(
              folder
                  + " is in use by the process with pid "
                  + ProcessHandle.current().pid()
                  + ". Stop that one first, or choose another folder");
    }
  }

  @Test
  void aSecondProcessIsRefusedAndToldThePid() throws Exception {
    try (DataFolderLock _ = DataFolderLock.take(folder);
        ChildProcess second = new ChildProcess(Holder.class, folder)) {
      assertThat(second.line())
          .contains("is in use by the process with pid " + ProcessHandle.current().pid());
      assertThat(second.exit()).isZero();
    }
  }

  @Test
  void aFolderThatAnotherProcessHasIsRefusedUntilThatEnds() throws Exception {
    try (ChildProcess holder = new ChildProcess(Holder.class, folder)) {
      assertThat(holder.line()).isEqualTo("taken");
      assertThatThrownBy(() -> DataFolderLock.take(folder))
          .hasMessageContaining("is in use by the process with pid " + holder.pid() + ".");
      holder.finish();
      assertThat(holder.exit()).isZero();
    }
    DataFolderLock.take(folder).close();
  }

  @Test
  void aKilledProcessLeavesTheFolderFree() throws Exception {
    try (ChildProcess holder = new ChildProcess(Holder.class, folder)) {
      assertThat(holder.line()).isEqualTo("taken");
      holder.kill();
      assertThat(holder.exit()).isEqualTo(137);
    }
    try (DataFolderLock _ = DataFolderLock.take(folder)) {
      assertThat(folder.resolve("LOCK")).hasContent("" + ProcessHandle.current().pid());
    }
  }

  /** On Linux a process loses its locks on a file when it closes any channel to it. */
  @Test
  void aSecondTakerInTheSameProcessDoesNotGiveTheFolderFree() throws Exception {
    try (DataFolderLock _ = DataFolderLock.take(folder)) {
      assertThatThrownBy(() -> DataFolderLock.take(folder)).isInstanceOf(JournalException.class);
      try (ChildProcess other = new ChildProcess(Holder.class, folder)) {
        assertThat(other.line()).contains("is in use by the process with pid");
      }
    }
  }

  @Test
  void aFolderIsCreatedAndClosingTwiceIsFine() {
    Path missing = folder.resolve("a/b");
    DataFolderLock lock = DataFolderLock.take(missing);
    assertThat(missing).isDirectory();
    lock.close();
    lock.close();
    DataFolderLock.take(missing).close();
  }

  @Test
  void aFolderThatCannotBeUsedIsNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> DataFolderLock.take(file))
        .isInstanceOf(JournalException.class)
        .hasMessageStartingWith("cannot use the data folder " + file);
  }
}
