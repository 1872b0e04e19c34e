package io.puraify.blackbox.server.cli.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.server.cli.http.FakeServer;
import io.puraify.blackbox.server.cli.http.FakeServer.Reply;
import io.puraify.blackbox.server.cli.terminal.TestShell;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class TailCommandTest {

  private static final String REFUSED =
      "{\"title\":\"The request cannot be understood\",\"detail\":\"no\"}";

  private final TestShell shell = new TestShell();
  private final StringWriter usage = new StringWriter();
  private final Deque<Reply> replies = new ArrayDeque<>();
  private FakeServer server;
  private Exception failure;

  @BeforeEach
  void startServer() throws IOException {
    server =
        new FakeServer(request -> replies.isEmpty() ? new Reply(400, REFUSED) : replies.poll());
    shell.with("BLACKBOX_SERVER", server.url());
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private int tail(String... arguments) {
    return new CommandLine(new TailCommand(shell.shell()))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setErr(new PrintWriter(usage))
        .setExecutionExceptionHandler((thrown, command, result) -> {
          failure = thrown;
          return 1;
        })
        .execute(arguments);
  }

  private static Reply stream(String... messages) {
    return new Reply(200, ": Blackbox\n\n" + String.join("\n\n", messages) + "\n\n");
  }

  private static String message(int number) {
    return "id: 5-%d\ndata: {\"event_id\":\"%d\",\"status\":\"error\"}".formatted(number, number);
  }

  @Test
  void eventsArePrintedAndALostConnectionGoesOnBehindTheLast() {
    replies.add(stream(message(1), ":", message(2)));
    replies.add(stream("event: left_out\ndata: {\"matching\":3,\"unseen\":0}", message(6)));

    assertThat(tail("status:error", "engine=vault", "-n", "5")).isOne();

    assertThat(shell.out().lines())
        .containsExactly(
            "{\"event_id\":\"1\",\"status\":\"error\"}",
            "{\"event_id\":\"2\",\"status\":\"error\"}",
            "{\"event_id\":\"6\",\"status\":\"error\"}");
    assertThat(shell.err())
        .contains("the connection is lost; trying again")
        .contains("events are left out: {\"matching\":3,\"unseen\":0}");
    assertThat(failure).hasMessageContaining("The request cannot be understood");
    List<FakeServer.Request> asked = server.requests();
    assertThat(asked.getFirst().target())
        .isEqualTo("/monitoring/logs/stream?q=status%3Aerror&engine=vault&history=5");
    assertThat(asked)
        .extracting(request -> request.header("Last-event-id"))
        .containsExactly("", "5-2", "5-6");
  }

  @Test
  void whatTheServerRefusesIsToldAtOnce() {
    assertThat(tail("stauts:error")).isOne();
    assertThat(failure).hasMessageStartingWith("The request cannot be understood: no");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aTableHasRoomForWhatComes() {
    shell.withTerminal(200).with("NO_COLOR", "1");
    replies.add(stream(message(1)));
    tail("-c", "event_id,status,message");
    assertThat(shell.out())
        .isEqualTo(
            """
            event_id                              status            message
            1                                     error
            """);
  }
}
