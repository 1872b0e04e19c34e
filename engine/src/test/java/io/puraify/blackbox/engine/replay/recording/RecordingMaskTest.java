package io.puraify.blackbox.engine.replay.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.engine.collector.RedactionOptions;
import io.puraify.blackbox.engine.collector.SecretMask;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordingMaskTest {

  private final RecordedNodes nodes = RecordedNodes.unknown();

  /** The secrets of events, as the server has them. */
  static Secrets secrets() {
    SecretMask mask = new SecretMask(RedactionOptions.DEFAULT);
    return new Secrets() {
      @Override
      public String mask(String text) {
        return mask.mask(text);
      }

      @Override
      public @Nullable String maskForKey(String key) {
        return mask.maskForKey(key);
      }
    };
  }

  private String mask(boolean inputs, String data) {
    String event = "[{\"type\":3,\"data\":%s,\"timestamp\":1753452000000}]".formatted(data);
    String masked = maskEvents(inputs, event);
    return masked.substring("[{\"type\":3,\"data\":".length(), masked.lastIndexOf(",\"timestamp"));
  }

  private String maskEvents(boolean inputs, String json) {
    RecordedEvents events = RecordedEvents.parse(json.getBytes(StandardCharsets.UTF_8));
    new RecordingMask(inputs, secrets(), nodes).mask(events.events());
    return new String(events.toJson(), StandardCharsets.UTF_8);
  }

  /** A full snapshot of a page with one element, which has the id 2. */
  private String snapshot(boolean inputs, String element) {
    String begin = "[{\"type\":2,\"data\":{\"node\":{\"type\":0,\"id\":1,\"childNodes\":[";
    String end = "]}},\"timestamp\":1753452000000}]";
    String masked = maskEvents(inputs, begin + element + end);
    assertThat(masked).startsWith(begin).endsWith(end);
    return masked.substring(begin.length(), masked.length() - end.length());
  }

  private static String element(String tag, String attributes, String... children) {
    return "{\"type\":2,\"tagName\":\"%s\",\"attributes\":%s,\"childNodes\":[%s],\"id\":2}"
        .formatted(tag, attributes, String.join(",", children));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "input    | {\"type\":\"text\",\"value\":\"Ada Löv\"} | {\"type\":\"text\",\"value\":\"*******\"}",
        "INPUT    | {\"value\":\"a\"}                         | {\"value\":\"*\"}",
        "input    | {\"type\":\"number\",\"value\":42}        | {\"type\":\"number\",\"value\":\"**\"}",
        "input    | {\"type\":\"checkbox\",\"value\":\"on\",\"checked\":true} | {\"type\":\"checkbox\",\"value\":\"**\"}",
        "input    | {\"type\":\"submit\",\"value\":\"Send\"}  | {\"type\":\"submit\",\"value\":\"Send\"}",
        "textarea | {\"value\":\"my text\"}                   | {\"value\":\"*******\"}",
        "select   | {\"value\":\"de\"}                        | {\"value\":\"**\"}",
        "option   | {\"value\":\"de\",\"selected\":true}      | {\"value\":\"de\"}",
        "div      | {\"class\":\"a\",\"title\":\"hello\"}     | {\"class\":\"a\",\"title\":\"hello\"}",
        "progress | {\"value\":\"7\"}                         | {\"value\":\"7\"}",
      })
  void whatPeopleTypeAndChooseIsMaskedInASnapshot(String tag, String given, String masked) {
    assertThat(snapshot(true, element(tag, given))).isEqualTo(element(tag, masked));
  }

  @Test
  void textOfTextAreasAndEditableElementsIsMaskedAndOtherTextIsNot() {
    String text = "{\"type\":3,\"textContent\":\"Dear Ada\",\"id\":3}";
    String masked = "{\"type\":3,\"textContent\":\"********\",\"id\":3}";

    assertThat(snapshot(true, element("textarea", "{}", text)))
        .isEqualTo(element("textarea", "{}", masked));
    assertThat(snapshot(true, element("div", "{\"contenteditable\":\"\"}", text)))
        .isEqualTo(element("div", "{\"contenteditable\":\"\"}", masked));
    assertThat(snapshot(true, element("div", "{\"contenteditable\":\"false\"}", text)))
        .isEqualTo(element("div", "{\"contenteditable\":\"false\"}", text));
    assertThat(snapshot(true, element("p", "{}", text))).isEqualTo(element("p", "{}", text));
  }

  @Test
  void everythingTypedIsMaskedInInputEvents() {
    assertThat(mask(true, "{\"source\":5,\"text\":\"hello 1\",\"isChecked\":true,\"id\":9}"))
        .isEqualTo("{\"source\":5,\"text\":\"*******\",\"isChecked\":false,\"id\":9}");
  }

  @Test
  void whereTheSettingAllowsItOnlyPasswordsAreMasked() {
    assertThat(snapshot(false, element("input", "{\"type\":\"text\",\"value\":\"Ada\"}")))
        .isEqualTo(element("input", "{\"type\":\"text\",\"value\":\"Ada\"}"));
    assertThat(mask(false, "{\"source\":5,\"text\":\"Ada L\",\"isChecked\":true,\"id\":2}"))
        .isEqualTo("{\"source\":5,\"text\":\"Ada L\",\"isChecked\":true,\"id\":2}");

    assertThat(snapshot(false, element("input", "{\"type\":\"password\",\"value\":\"abc\"}")))
        .isEqualTo(element("input", "{\"type\":\"password\",\"value\":\"***\"}"));
    assertThat(mask(false, "{\"source\":5,\"text\":\"abcd\",\"isChecked\":false,\"id\":2}"))
        .isEqualTo("{\"source\":5,\"text\":\"****\",\"isChecked\":false,\"id\":2}");
    assertThat(
            snapshot(false, element("input", "{\"autocomplete\":\"cc-number\",\"value\":\"41\"}")))
        .isEqualTo(element("input", "{\"autocomplete\":\"cc-number\",\"value\":\"**\"}"));
  }

  @Test
  void beforeASnapshotEveryTextCouldBeAPasswordAndCouldBeTyped() {
    assertThat(mask(false, "{\"source\":5,\"text\":\"abcd\",\"isChecked\":false,\"id\":2}"))
        .contains("\"****\"");
    assertThat(mask(true, "{\"source\":0,\"texts\":[{\"id\":7,\"value\":\"abc\"}]}"))
        .contains("\"***\"");
  }

  @Test
  void mutationsAreMaskedWhereTheyAreOfWhatIsTyped() {
    var _ =
        snapshot(
            true,
            element(
                "div",
                "{\"contenteditable\":\"true\"}",
                "{\"type\":3,\"textContent\":\"x\",\"id\":3}"));

    assertThat(
            mask(
                true,
                "{\"source\":0,\"texts\":[{\"id\":3,\"value\":\"typed\"},{\"id\":1,\"value\":\"said\"}]}"))
        .isEqualTo(
            "{\"source\":0,\"texts\":[{\"id\":3,\"value\":\"*****\"},{\"id\":1,\"value\":\"said\"}]}");
    assertThat(
            mask(
                true,
                "{\"source\":0,\"adds\":[{\"parentId\":2,\"nextId\":null,\"node\":{\"type\":3,\"textContent\":\"more\",\"id\":4}},"
                    + "{\"parentId\":1,\"nextId\":null,\"node\":{\"type\":3,\"textContent\":\"page\",\"id\":5}}]}"))
        .contains("\"textContent\":\"****\",\"id\":4")
        .contains("\"textContent\":\"page\",\"id\":5");
    assertThat(mask(true, "{\"source\":0,\"texts\":[{\"id\":4,\"value\":\"again\"}]}"))
        .contains("\"*****\"");
    assertThat(
            mask(
                true,
                "{\"source\":0,\"attributes\":[{\"id\":9,\"attributes\":{\"value\":\"secret\",\"checked\":true,\"class\":\"on\"}}]}"))
        .isEqualTo(
            "{\"source\":0,\"attributes\":[{\"id\":9,\"attributes\":{\"value\":\"******\",\"class\":\"on\"}}]}");
  }

  @Test
  void aChildThatIsAddedBeforeItsEditableParentIsMaskedToo() {
    var _ = snapshot(true, element("div", "{}"));

    assertThat(
            mask(
                true,
                "{\"source\":0,\"adds\":[{\"parentId\":8,\"nextId\":null,\"node\":{\"type\":3,\"textContent\":\"typed\",\"id\":9}},"
                    + "{\"parentId\":2,\"nextId\":null,\"node\":{\"type\":2,\"tagName\":\"textarea\",\"attributes\":{},\"childNodes\":[],\"id\":8}}]}"))
        .contains("\"*****\"")
        .doesNotContain("typed");
  }

  /**
   * Moves the element with the id 2, as rrweb reports it, from one place of the page to another.
   */
  private static String move(String element) {
    return "{\"source\":0,\"removes\":[{\"parentId\":1,\"id\":2}],\"adds\":[{\"parentId\":1,\"nextId\":null,\"node\":%s}]}"
        .formatted(element);
  }

  @Test
  void whatIsTypedIntoAnEditableElementThatMovedIsMasked() {
    String editable = element("div", "{\"contenteditable\":\"true\"}");
    var _ = snapshot(true, editable);
    var _ = mask(true, move(editable));

    assertThat(
            mask(
                true,
                "{\"source\":0,\"adds\":[{\"parentId\":2,\"nextId\":null,\"node\":{\"type\":3,\"textContent\":\"Dear\",\"id\":3}}]}"))
        .contains("\"textContent\":\"****\",\"id\":3");
    assertThat(mask(true, "{\"source\":0,\"texts\":[{\"id\":3,\"value\":\"Dear A\"}]}"))
        .contains("\"******\"");
  }

  @Test
  void aPasswordThatMovedIsMaskedWhereOtherInputIsNot() {
    String password = element("input", "{\"type\":\"password\"}");
    var _ = snapshot(false, password);
    var _ = mask(false, move(password));

    assertThat(mask(false, "{\"source\":5,\"text\":\"abcd\",\"isChecked\":false,\"id\":2}"))
        .isEqualTo("{\"source\":5,\"text\":\"****\",\"isChecked\":false,\"id\":2}");
  }

  @Test
  void whatIsRemovedForGoodIsForgotten() {
    var _ = snapshot(true, element("textarea", "{}"));
    assertThat(nodes.mayBeTyped(2)).isTrue();
    var _ = mask(true, "{\"source\":0,\"removes\":[{\"parentId\":1,\"id\":2}],\"adds\":[]}");

    assertThat(nodes.mayBeTyped(2)).isFalse();
  }

  @Test
  void whereAnElementBecomesEditableAllTextCountsAsTypedUntilTheNextSnapshot() {
    var _ = snapshot(true, element("div", "{}"));
    String text = "{\"source\":0,\"texts\":[{\"id\":3,\"value\":\"abc\"}]}";
    assertThat(mask(true, text)).contains("abc");
    var _ =
        mask(
            true,
            "{\"source\":0,\"attributes\":[{\"id\":2,\"attributes\":{\"contenteditable\":\"true\"}}]}");

    assertThat(mask(true, text)).doesNotContain("abc");
    var _ = snapshot(true, element("div", "{}"));
    assertThat(mask(true, text)).contains("abc");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "p    | {\"title\":\"Bearer abcdefghijkl\"}           | {\"title\":\"[redacted:bearer_token]\"}",
        "a    | {\"href\":\"https://ada:pw1@host/\"}          | {\"href\":\"https://ada:[redacted:url_password]@host/\"}",
        "div  | {\"data-csrf-token\":\"q1w2\"}                | {\"data-csrf-token\":\"[redacted:token]\"}",
        "meta | {\"name\":\"csrf-token\",\"content\":\"q1w2\"} | {\"name\":\"csrf-token\",\"content\":\"[redacted:token]\"}",
        "img  | {\"src\":\"data:image/png;base64,/AKIAABCDEFGHIJKLMNOP\"} | {\"src\":\"data:image/png;base64,/AKIAABCDEFGHIJKLMNOP\"}",
      })
  void secretsAreMaskedWhereverTheyAre(String tag, String given, String masked) {
    assertThat(snapshot(false, element(tag, given))).isEqualTo(element(tag, masked));
  }

  @Test
  void secretsOfMetadataAndOfWhatAPageAddsAreMasked() {
    assertThat(
            maskEvents(
                true,
                "[{\"type\":5,\"data\":{\"tag\":\"x\",\"payload\":{\"password\":\"p\",\"list\":[\"4111 1111 1111 1111\"]}},\"timestamp\":1753452000000}]"))
        .contains("\"password\":\"[redacted:password]\"")
        .contains("[\"[redacted:card_number]\"]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "img    | {\"src\":\"x\",\"onerror\":\"alert(1)\"}   | {\"src\":\"x\"}",
        "a      | {\"href\":\" java\\nscript:alert(1)\"}     | {}",
        "iframe | {\"srcdoc\":\"<script>\"}                  | {}",
        "script | {\"src\":\"/a.js\",\"id\":\"s\"}           | {\"id\":\"s\"}",
        "link   | {\"rel\":\"preconnect\",\"href\":\"//a\"}     | {}",
        "link   | {\"rel\":\"dns-prefetch\",\"href\":\"//a\"}   | {}",
        "link   | {\"rel\":\"prefetch\",\"href\":\"/a\"}        | {}",
        "link   | {\"rel\":\"preload\",\"imagesrcset\":\"/a\"} | {}",
        "LINK   | {\"rel\":\"x  ModulePreload\",\"href\":\"/a\"} | {}",
        "link   | {\"rel\":\"stylesheet\",\"href\":\"/a.css\"}  | {\"rel\":\"stylesheet\",\"href\":\"/a.css\"}",
        "meta   | {\"http-equiv\":\"Refresh\",\"content\":\"0;url=/\"} | {\"content\":\"0;url=/\"}",
      })
  void whatCouldRunIsTakenOut(String tag, String given, String masked) {
    assertThat(snapshot(true, element(tag, given))).isEqualTo(element(tag, masked));
  }

  @Test
  void aLinkThatBecomesOneThatFetchesAheadIsTakenOut() {
    var _ = snapshot(true, element("link", "{\"href\":\"/a\"}"));

    assertThat(
            mask(
                true,
                "{\"source\":0,\"attributes\":[{\"id\":2,\"attributes\":{\"rel\":\"prefetch\",\"title\":\"a\"}}]}"))
        .isEqualTo("{\"source\":0,\"attributes\":[{\"id\":2,\"attributes\":{\"title\":\"a\"}}]}");
  }

  @Test
  void theTextOfAScriptIsTakenOut() {
    String text = "{\"type\":3,\"textContent\":\"%s\",\"id\":3}";
    assertThat(snapshot(true, element("script", "{}", text.formatted("alert(1)"))))
        .isEqualTo(element("script", "{}", text.formatted("")));
  }

  @Test
  void whatIsKnownOfAPageSurvivesBeingWritten() {
    var _ = snapshot(true, element("textarea", "{}"));
    RecordedNodes read = RecordedNodes.of(nodes.typedText(), nodes.passwordsText());

    assertThat(read.mayBeTyped(2)).isTrue();
    assertThat(read.mayBeTyped(1)).isFalse();
    assertThat(RecordedNodes.of(null, null).mayBeTyped(1)).isTrue();
  }

  @Test
  void aDeepPageIsUnderstood() {
    int depth = 900;
    StringBuilder json = new StringBuilder();
    for (int i = 0; i < depth; i++) {
      json.append(
          "{\"type\":2,\"tagName\":\"div\",\"attributes\":{},\"id\":%d,\"childNodes\":["
              .formatted(i));
    }
    json.append("]}".repeat(depth));

    assertThat(snapshot(true, json.toString())).isEqualTo(json.toString());
  }
}
