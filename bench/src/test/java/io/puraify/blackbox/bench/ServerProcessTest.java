package io.puraify.blackbox.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {

  @TempDir private Path folder;

  private ServerProcess start(String script) throws IOException, InterruptedException {
    return ServerProcess.start(List.of("sh", "-c", script), folder.resolve("server.log"));
  }

  @Test
  void aServerIsReadyWhenItSaysSoAndEndsWhenItIsClosed() throws Exception {
    ServerProcess server =
        start("echo warming up; echo Blackbox is ready at http://127.0.0.1:7070; exec sleep 600");
    ProcessHandle process = ProcessHandle.of(server.pid()).orElseThrow();
    assertThat(server.uri()).isEqualTo(URI.create("http://127.0.0.1:7070"));
    assertThat(process.isAlive()).isTrue();
    assertThat(server.mostResidentMib()).isPositive();
    server.close();
    assertThat(process.isAlive()).isFalse();
    server.close();
  }

  @Test
  void aServerThatDoesNotGetReadyIsReportedWithItsLog() {
    assertThatThrownBy(() -> start("echo no port >&2; exit 1"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("sh did not get ready")
        .hasMessageContaining("server.log");
    assertThat(folder.resolve("server.log")).hasContent("no port");
  }
}
