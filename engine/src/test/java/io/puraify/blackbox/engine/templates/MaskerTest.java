package io.puraify.blackbox.engine.templates;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which parts of a message are values, and by which rule. */
class MaskerTest {

  /** As long as the collector lets a message be. */
  private static final int LONGEST = 64 << 10;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        // addresses
        "connect to https://api.example.com/v2/x?id=7 failed | connect to <url> failed",
        "mail to ann.lee+x@mail.example.com bounced | mail to <email> bounced",
        "from 10.251.73.220:50010 and /10.0.0.1 | from <ip> and <ip>",
        "peer 2001:db8::ff00:42:8329 and ::ffff:192.168.1.5 | peer <ip> and <ip>",
        "lease for 5c:50:15:36:bc:03 ended | lease for <ip> ended",
        "via proxy.cse.example.hk:5070 now | via <host> now",
        "rhost=220-135-151-1.dynamic.example.net | rhost=<host>",
        "at com.example.app.Main and java.net.SocketException | at com.example.app.Main and java.net.SocketException",
        "mapred.task.id is deprecated in app.module.py:12 | mapred.task.id is deprecated in app.module.py:<num>",
        // ids
        "trace 123e4567-e89b-12d3-a456-426614174000 | trace <uuid>",
        "commit d670460b4b4aece5915caf5c68d12f560a9fe3e4 | commit <hex>",
        "iar 003a90fc dear 0x1feaa260 mask=ffffffff | iar <hex> dear <hex> mask=<hex>",
        "block blk_-6952295868487656571 of blk_12 | block blk_<num> of blk_<num>",
        "request req8fK2nQ7x9Z done | request <id> done",
        "task attempt_1445144423722_0020_m_000000_0 | task attempt_<num>",
        "Base64Decoder and IPv4 in core.2275 | Base<num>Decoder and IPv<num> in core.<num>",
        // times and quantities
        "on 2025-07-25T14:01:00.123Z and 25/Jul/2025:10:00:00 +0200 | on <date> and <date>",
        "at Fri Jun 17 07:07:00 2005, not Jul 4 but 8 May 2025 | at <date>, not <date> but <date>",
        "we may sat down | we may sat down",
        "at 14:01:00 for 00:01 in <1 sec of 1m30s or 842 ms | at <time> for <time> in <duration> of <duration> or <duration>",
        "read 16K of 18846 bytes (18.4 KB) in 2.5GB | read <size> of <size> in <size>",
        "heap 12M after 5m | heap <size> after <duration>",
        "order 8b431 after 1h30m5s | order <id> after <duration>",
        "code -17 of 3.14, 35% and 80x25 | code <num> of <num>% and <num>",
        "HTTP/1.1 404 | HTTP/<num>",
        // files
        "open /var/log/app.log or ./run.sh by C:\\Temp\\a.txt | open <path> or <path> by <path>",
        "and/or either/or | and/or either/or",
        "GET /find?q=a%20b&page=2 HTTP/1.1 but what is /find? | GET <path> HTTP/<num> but what is <path>?",
        // quotation marks
        "Unknown column 'foo' in 'field list' | Unknown column <quoted> in 'field list'",
        "can't find it, isn't there | can't find it, isn't there",
        "{\"name\":\"ann\",\"age\":7} | {\"name\":\"ann\",\"age\":<num>}",
        // surroundings
        "mode=true, owner: null, none of it is true | mode=<literal>, owner: <literal>, none of it is true",
        "closed for user cyrus | closed for user <name>",
        "for user session of user account | for user session of user <name>",
        "from 10.0.0.1 () at 5 | from <ip> at <num>",
        // lists
        "speeds ( 3552 3534 3375 ) | speeds ( <num> )",
        "between 1 and 2 and 3 | between <num> and <num>",
        "to 10.0.0.1:1, 10.0.0.2:2,10.0.0.3:3 ok | to <ip> ok",
        "nodes node-1 node-2 node-3 down | nodes node-<num> down",
        "r1=0x1 r2=0x2 r3=0x3 | r<num>=<hex>",
        "enabled.......1 | enabled.......<num>",
      })
  void valuesBecomePlaceholders(String message, String template) {
    assertThat(new Templates().add(message).text()).isEqualTo(template);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "status FAILED | status PASSED",
        "open through proxy a.example.com:80 HTTPS | open through proxy a.example.com:80 SOCKS5",
        "VM Started (event) | VM Paused (event)",
        "machine state register: 0x1 | Machine State Register: 0x1",
        "Connection closed | Connection closed.",
        "user= rhost=1.2.3.4 | user=root rhost=1.2.3.4",
        "Base64Decoder failed | Base64Encoder failed",
        "java.io.IOException: x | java.net.SocketException: x",
      })
  void whatTellsMessagesApartStays(String one, String other) {
    Templates templates = new Templates();

    assertThat(templates.add(one)).isNotSameAs(templates.add(other));
  }

  @Test
  void eachPlaceholderIsExplainedByItsRule() {
    Explanation explanation =
        new Templates().explain("User ann@example.com read 12 bytes of core.2275 at 10.0.0.1");

    assertThat(explanation.template()).isEqualTo("User <email> read <size> of core.<num> at <ip>");
    assertThat(explanation.masked())
        .containsExactly(
            new Masked(Rule.EMAIL, 5, 20),
            new Masked(Rule.SIZE, 26, 34),
            new Masked(Rule.NUM, 43, 47),
            new Masked(Rule.IP, 51, 59));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "1",
        ".",
        ":",
        "/",
        "-",
        "_",
        "@",
        "'",
        "\"",
        "(",
        "()",
        "=",
        "a.",
        "a..",
        "a-",
        "-1",
        "1:",
        "12:30/",
        "a:b",
        "a@b.",
        "/a",
        "\\a",
        "::",
        "1.2.3.4:",
        "x=1 ",
        "x=1, ",
        "'a ",
        "a1",
        "1 byte",
        "1m",
        "1x",
        "Jan 1 ",
        "<1",
        "for user ",
        "ü",
        "\ud83d\ude00",
        "\ud800",
        "http://",
        "/?a",
        "0x",
      })
  void everyMessageTakesTimeInProportionToItsLength(String part) {
    String message = part.repeat(LONGEST / part.length());
    Templates templates = new Templates();
    long start = System.nanoTime();
    for (int i = 0; i < 20; i++) {
      templates.add(message);
      templates.explain(message.substring(i));
    }

    // A few milliseconds each; a square would take seconds.
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
  }

  @Test
  void whatComesBehindManyTokensTellsNothingApart() {
    String long1 = "word other ".repeat(Tokens.MOST);
    Templates templates = new Templates();

    assertThat(templates.add(long1 + "x")).isSameAs(templates.add(long1 + "y"));
    assertThat(templates.add(long1).text().length()).isLessThanOrEqualTo(Shape.MOST_CHARACTERS + 1);
  }

  @Test
  void messagesWithoutWordsHaveATemplate() {
    assertThat(List.of("", " ", "42", "..."))
        .extracting(message -> new Templates().add(message).text())
        .containsExactly("", "", "<num>", "...");
  }
}
