package io.puraify.blackbox.engine.collector;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.EventBlockBuilder;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Position;
import io.puraify.blackbox.core.json.JsonScanner;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives the collector's decoding any body, in one piece and in several, and asks a parser that
 * others wrote what is in it; and hides a secret in all kinds of text.
 *
 * <p>{@code mvn test} tries the inputs in {@code EventFuzzTestInputs}: a letter that chooses what
 * is done, then the body. {@code mvn verify} looks for others for some seconds. For an hour: {@code
 * JAZZER_MAX_DURATION=1h mvn -pl engine -am test-compile surefire:test@fuzz -Dtest=EventFuzzTest
 * -Dsurefire.failIfNoSpecifiedTests=false}. An input that fails is kept beside the others, and from
 * then on every build tries it.
 */
class EventFuzzTest {

  private static final long RECEIVED = Micros.of(CollectorFixture.NOW);

  /** Found in no mask, rule or other text; a status is written in lower case. */
  private static final String SECRET = "qz7secretw9x4";

  private static final String GOOD =
      "{\"project_id\":\"p\",\"ts\":1753452060,\"level\":\"warn\",\"error\":{\"type\":\"T\","
          + "\"x\":[1,{\"password\":\"p\"}]},\"message\":\"a \\u00e9 b\",\"z\":{\"k\":null}}";

  private static final List<Field> COPIED =
      List.of(Field.USER_ID, Field.SESSION_ID, Field.RUN_ID, Field.TRACE_ID, Field.SPAN_ID);

  private static final Set<String> NESTED = Set.copyOf(FieldNames.NESTED);

  private static final ObjectMapper JACKSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNumberLength(Integer.MAX_VALUE).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  // One for all inputs: what one event leaves behind would show in another.
  private final Redaction redaction = new Redaction(RedactionOptions.DEFAULT);
  private final EventBlockBuilder block =
      new EventBlockBuilder(new LabelNormaliser(redaction)::normalise);
  private final EventDecoder decoder = new EventDecoder(block, redaction);
  private final FieldNames names = new FieldNames();

  /** What became of a body: items that were rejected, and the block of the others. */
  private record Outcome(List<Rejection> rejections, byte[] block, List<Item> items) {}

  /** An item, and its row in the block; -1 where it was rejected. */
  private record Item(byte[] json, int row, @Nullable Rejection rejection) {}

  @FuzzTest(maxDuration = "5s")
  void bodiesBecomeEventsOrRejections(byte[] input) {
    if (input.length == 0) {
      return;
    }
    byte[] body = Arrays.copyOfRange(input, 1, input.length);
    switch (input[0] % 3) {
      case 0 -> decodeInPieces(BodyFormat.NDJSON, body);
      case 1 -> decodeInPieces(BodyFormat.JSON, body);
      // Fuzzers learn what they are asked not to show.
      default -> hideSecrets(new String(body, StandardCharsets.UTF_8).replaceAll("[qQ]", ""));
    }
    Outcome good = decode(BodyFormat.NDJSON, GOOD.getBytes(StandardCharsets.UTF_8), List.of());
    assertThat(new EventBlock(Position.START, good.block).event(0).toString())
        .isEqualTo(
            "0 {PROJECT_ID=p, TIMESTAMP=1753452060000000, RECEIVED_AT="
                + RECEIVED
                + ", SEVERITY=medium, ERROR_TYPE=T, MESSAGE=a é b, ATTRIBUTES={\"error\":"
                + "{\"x\":[1,{\"password\":\"[redacted:password]\"}]},\"z\":{\"k\":null}}}");
  }

  private void decodeInPieces(BodyFormat format, byte[] body) {
    Outcome whole = decode(format, body, List.of());
    Random random = new Random(Arrays.hashCode(body));
    List<Integer> cuts = random.ints(3, 0, body.length + 1).sorted().boxed().toList();
    Outcome pieces = decode(format, body, cuts);
    assertThat(pieces.rejections).isEqualTo(whole.rejections);
    assertThat(pieces.block).isEqualTo(whole.block);

    EventBlock events = new EventBlock(Position.START, whole.block);
    for (Item item : whole.items) {
      compare(item, item.row < 0 ? null : events.event(item.row));
    }
  }

  private Outcome decode(BodyFormat format, byte[] body, List<Integer> cuts) {
    List<Rejection> rejections = new ArrayList<>();
    List<Item> items = new ArrayList<>();
    Framing.Sink sink =
        new Framing.Sink() {
          private long index;

          @Override
          public void item(byte[] bytes, int from, int to) {
            Rejection rejection = decoder.decode(bytes, from, to, index++, RECEIVED);
            byte[] json = Arrays.copyOfRange(bytes, from, to);
            if (rejection == null) {
              block.endRow();
              items.add(new Item(json, block.rows() - 1, null));
            } else {
              block.dropRow();
              rejections.add(rejection);
              items.add(new Item(json, -1, rejection));
            }
          }

          @Override
          public void tooLarge() {
            rejections.add(EventDecoder.tooLarge(index++));
          }

          @Override
          public void broken(String detail) {
            rejections.add(new Rejection(index++, Rejection.Reason.NOT_JSON, "", detail));
          }
        };
    Framing framing = format.framing();
    int at = 0;
    for (int cut : cuts) {
      framing.feed(body, at, cut, sink);
      at = cut;
    }
    framing.feed(body, at, body.length, sink);
    framing.end(sink);
    return new Outcome(rejections, block.seal(RECEIVED), items);
  }

  private void compare(Item item, @Nullable Event event) {
    if (new String(item.json, StandardCharsets.ISO_8859_1).matches("(?s).*\\\\u[dD][89a-fA-F].*")) {
      // Jackson refuses half of a surrogate pair in a name, which RFC 8259 does not.
      return;
    }
    JsonNode json = parse(item.json);
    Rejection rejection = item.rejection;
    if (rejection != null) {
      assertThat(rejection.detail()).isNotBlank();
      if (rejection.reason() == Rejection.Reason.NOT_JSON && json != null) {
        // What we refuse and Jackson takes.
        assertThat(depth(json)).isGreaterThan(JsonScanner.MAX_DEPTH);
      } else if (rejection.reason() == Rejection.Reason.NOT_AN_OBJECT) {
        assertThat(json).isNotNull().isNotInstanceOf(ObjectNode.class);
      }
      return;
    }
    assertThat(json).isInstanceOf(ObjectNode.class);
    assertThat(event.projectId()).isNotEmpty();
    for (Field field : COPIED) {
      JsonNode value = json.get(field.jsonName());
      if (value != null && value.isString() && !value.stringValue().isEmpty()) {
        assertThat(event.text(field)).isEqualTo(whole(value.stringValue()));
      }
    }
    compareAttributes((ObjectNode) json, event.text(Field.ATTRIBUTES));
  }

  /** Every unknown member is there as it was sent, unless something in it was masked. */
  private void compareAttributes(ObjectNode json, @Nullable String attributes) {
    JsonNode kept = attributes == null ? JACKSON.createObjectNode() : JACKSON.readTree(attributes);
    assertThat(kept).isInstanceOf(ObjectNode.class);
    boolean given = json.get("attributes") instanceof ObjectNode;
    for (Map.Entry<String, JsonNode> member : json.properties()) {
      String key = member.getKey();
      byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
      boolean known = names.find(bytes, 0, bytes.length) != null || NESTED.contains(key);
      if (!known && whole(key).equals(key) && !given) {
        JsonNode value = kept.get(key);
        assertThat(value).as("attribute %s", key).isNotNull();
        if (!value.toString().contains("[redacted:")) {
          assertThat(value).isEqualTo(member.getValue());
        }
      }
    }
  }

  private static @Nullable JsonNode parse(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      // Jackson also knows other encodings, by zeros and by marks at the start, and lax UTF-8.
      boolean plain = text.indexOf('\0') < 0 && !text.startsWith("\ufeff");
      JsonNode json = plain ? JACKSON.readTree(bytes) : null;
      return json == null || json.isMissingNode() ? null : json;
    } catch (CharacterCodingException | JacksonException e) {
      return null;
    }
  }

  private static int depth(JsonNode json) {
    return json.isContainer()
        ? 1 + json.valueStream().mapToInt(EventFuzzTest::depth).max().orElse(0)
        : 0;
  }

  /** The text without halves of surrogate pairs, which UTF-8 cannot say. */
  private static String whole(String text) {
    StringBuilder whole = new StringBuilder();
    text.codePoints().forEach(c -> whole.appendCodePoint(c >= 0xd800 && c <= 0xdfff ? 0xfffd : c));
    return whole.toString();
  }

  /** Secrets that a key names, and such as are known by their looks, in any surroundings. */
  private void hideSecrets(String text) {
    // On a line of its own, because a word in front of a secret may be taken for a part of it.
    String before = text.substring(0, text.length() / 2) + "\n";
    String after = text.substring(text.length() / 2);
    String spoken = before + "Bearer " + SECRET + " " + after;
    ObjectNode json = JACKSON.createObjectNode();
    json.put("project_id", "p");
    json.put("message", spoken);
    json.put("stack_trace", before + "password=" + SECRET + " " + after);
    json.put("platform", spoken);
    json.put("status", spoken);
    // Who opens a quote and does not close it says that the rest is quoted.
    String closed = before.replaceAll("[\"'\\\\]", "");
    json.put("text", closed + "password=\"" + SECRET + "\" " + after);
    json.put("body", closed + "{\"api_key\": \"" + SECRET + "\"} " + after);
    json.putObject(before).putArray(after).addObject().put(before + "_token", SECRET);
    json.put(before + after + "-password", SECRET);
    json.putObject("error").put(after + "apiKey", SECRET);
    json.putObject("secret").put(before, SECRET);
    byte[] bytes = spelled(json.toString(), text.hashCode()).getBytes(StandardCharsets.UTF_8);
    Outcome outcome = decode(BodyFormat.JSON, bytes, List.of());
    assertThat(outcome.rejections).isEmpty();
    assertThat(new String(outcome.block, StandardCharsets.ISO_8859_1)).doesNotContain(SECRET);
  }

  /** The same JSON with some letters written as escapes. */
  private static String spelled(String json, int seed) {
    Random random = new Random(seed);
    StringBuilder spelled = new StringBuilder();
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c == '\\') {
        spelled.append(c).append(json.charAt(++i));
      } else if (Character.isLetter(c)
          && c < 128
          && random.nextInt(30) == 0
          && !isEscape(json, i)) {
        spelled.append("\\u%04x".formatted((int) c));
      } else {
        spelled.append(c);
      }
    }
    return spelled.toString();
  }

  /** Whether a letter is one of the digits behind {@code \\u}. */
  private static boolean isEscape(String json, int at) {
    int start = json.lastIndexOf("\\u", at);
    return start >= 0 && at < start + 6;
  }
}
