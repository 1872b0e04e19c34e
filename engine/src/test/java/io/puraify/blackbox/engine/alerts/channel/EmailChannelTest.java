package io.puraify.blackbox.engine.alerts.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.core.Severity;
import io.puraify.blackbox.engine.alerts.channel.EmailOptions.Security;
import io.puraify.blackbox.engine.outgoing.AddressGuard;
import io.puraify.blackbox.engine.outgoing.Answer;
import io.puraify.blackbox.engine.outgoing.Answer.Outcome;
import io.puraify.blackbox.engine.outgoing.HttpPost;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class EmailChannelTest {

  private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));

  @BeforeEach
  void start() {
    server.setUser("ops@example.com", "blackbox", "s3cret");
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private EmailOptions options(String password) {
    return new EmailOptions(
        "127.0.0.1",
        server.getSmtp().getPort(),
        Security.NONE,
        "blackbox",
        password,
        "blackbox@example.com",
        List.of("ops@example.com"));
  }

  private static EmailChannel channel(EmailOptions options, boolean privateAllowed) {
    return new EmailChannel(
        options,
        new AddressGuard(privateAllowed, "alerts.private.addresses"),
        Duration.ofSeconds(5));
  }

  private static Notification notification() {
    Notification.Item item =
        new Notification.Item(
            "a1",
            "burst",
            "firing",
            Severity.HIGH,
            "5 < 6 errors",
            "<script>alert(1)</script>",
            "https://run.example/b",
            Map.of(),
            1_234,
            5,
            1_000_000,
            0,
            List.of("e1"),
            false);
    return new Notification(
        "n1",
        "mail",
        "burst{project_id=p}",
        Notification.Reason.FIRING,
        Severity.HIGH,
        "5 < 6 errors\r\nBcc: all@example.com",
        2_000_000,
        Map.of(),
        1_234,
        1,
        0,
        List.of(item),
        0);
  }

  @Test
  void aMailSaysWhatHasHappenedAsTextAndAsHtml() throws Exception {
    Answer answer = channel(options("s3cret"), true).deliver(notification());
    assertThat(answer.outcome()).as(answer.text()).isEqualTo(Outcome.DELIVERED);
    MimeMessage mail = server.getReceivedMessages()[0];
    // What an event says becomes no header.
    assertThat(mail.getSubject()).isEqualTo("[HIGH] 5 < 6 errors Bcc: all@example.com");
    assertThat(mail.getHeader("Bcc")).isNull();
    assertThat(mail.getMessageID()).isEqualTo("<n1@blackbox>");
    assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    Multipart parts = (Multipart) mail.getContent();
    assertThat(parts.getBodyPart(0).getContent().toString())
        .contains("high: 5 < 6 errors", "1,234 events", "<script>");
    assertThat(parts.getBodyPart(1).getContent().toString())
        .contains("https://run.example/b", "&lt;script&gt;")
        .doesNotContain("<script>");
  }

  @Test
  void aWrongPasswordIsFinalAndAServerThatIsAwayIsNot() {
    Answer refused = channel(options("wrong"), true).deliver(notification());
    assertThat(refused.outcome()).as(refused.text()).isEqualTo(Outcome.REFUSED);
    EmailOptions options = options("s3cret");
    server.stop();
    Answer away = channel(options, true).deliver(notification());
    assertThat(away.outcome()).as(away.text()).isEqualTo(Outcome.RETRY);
    assertThat(channel(options, false).deliver(notification()).outcome())
        .isEqualTo(Outcome.REFUSED);
  }

  @Test
  void anOpenConnectionIsRefusedWhereTlsIsWanted() {
    EmailOptions open = options("s3cret");
    EmailOptions wanted =
        new EmailOptions(
            open.host(),
            open.port(),
            Security.STARTTLS,
            open.user(),
            open.password(),
            open.from(),
            open.to());
    Answer answer = channel(wanted, true).deliver(notification());
    assertThat(answer.outcome()).isNotEqualTo(Outcome.DELIVERED);
    assertThat(answer.text()).contains("STARTTLS");
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void whatIsWrongWithTheChannelIsSaid() {
    HttpPost http =
        new HttpPost(new AddressGuard(true, "alerts.private.addresses"), InstantSource.system());
    String wrong =
        """
        {"channels": {"mail": {"kind": "email", "security": "ssl", "port": 0, "from": "x",
         "to": ["ops@example.com", "y z"]},
         "hook": {"kind": "slack", "url": "https://hooks.slack.com/x", "channel": "C1"},
         "bot": {"kind": "slack", "bot_token": "x\\ny"}}}
        """;
    assertThatThrownBy(() ->
            ChannelsReader.read(JsonMapper.shared().readTree(wrong), http, new RememberedThreads()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e ->
                assertThat(e.problem().errors())
                    .extracting(each -> each.pointer())
                    .contains(
                        "/channels/mail/security",
                        "/channels/mail/host",
                        "/channels/mail/port",
                        "/channels/mail/from",
                        "/channels/mail/to",
                        "/channels/hook/channel",
                        "/channels/bot/bot_token",
                        "/channels/bot/channel"));
    http.close();
  }
}
