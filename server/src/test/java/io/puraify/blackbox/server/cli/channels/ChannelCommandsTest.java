package io.puraify.blackbox.server.cli.channels;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.server.TestServer;
import io.puraify.blackbox.server.cli.ServedCli;
import io.puraify.blackbox.server.cli.http.FakeServer;
import io.puraify.blackbox.server.cli.http.FakeServer.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands with a server that has a channel to somewhere. */
class ChannelCommandsTest {

  @TempDir private Path folder;

  @Test
  void channelsAreListedAndTried() throws IOException {
    try (FakeServer hook = new FakeServer(request -> new Reply(200, "thank you"))) {
      Path channels =
          Files.writeString(
              folder.resolve("channels.yaml"),
              "channels: {hook: {kind: webhook, url: '%s'}}".formatted(hook.url()));
      Map<String, String> settings =
          Map.of("alerts.channels", channels.toString(), "alerts.private.addresses", "true");
      try (TestServer server = TestServer.start(folder.resolve("data"), settings)) {
        ServedCli cli = new ServedCli(server);
        assertThat(cli.run("channels", "list", "-o", "table")).as(cli.err()).isZero();
        assertThat(cli.out()).isEqualTo("channel  kind\nhook     webhook\nui       ui\n");

        assertThat(cli.run("channels", "test", "hook")).as(cli.err()).isZero();
        assertThat(cli.out()).contains("200").contains("thank you");
        assertThat(cli.err()).isEmpty();
        assertThat(hook.requests().getFirst().body()).contains("A test of channel hook");

        hook.reply(request -> new Reply(404, "who are you?"));
        assertThat(cli.run("channels", "test", "hook")).isOne();
        assertThat(cli.out()).contains("404").contains("who are you?");
        assertThat(cli.err())
            .isEqualTo(
                "blackbox: channel 'hook' has not accepted it; an alert would be given up\n");
        hook.reply(request -> new Reply(503, "later"));
        assertThat(cli.run("channels", "test", "hook", "-o", "json")).isOne();
        assertThat(cli.json().path("outcome").asString()).isEqualTo("retry");
        assertThat(cli.err()).contains("an alert would be attempted again");

        assertThat(cli.run("channels", "test", "a/b c")).isOne();
        assertThat(cli.err()).contains("There is no such channel: No channel is called a/b c");
        assertThat(cli.run("channels")).isEqualTo(2);
      }
    }
  }
}
