package io.puraify.blackbox.engine.replay.recording;

import io.puraify.blackbox.core.ClosestName;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.engine.query.FilterSyntaxException;
import io.puraify.blackbox.engine.query.Parameters;
import io.puraify.blackbox.engine.replay.SessionId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which recording a request is about, and which of its chunks, read from its parameters.
 *
 * @param sessionId the {@code session_id} of its events
 * @param chunk from 0; only where one is brought
 */
public record RecordingRequest(
    String sessionId, Optional<String> projectId, Optional<Integer> chunk) {

  private static final String PROJECT = Field.PROJECT_ID.jsonName();
  private static final String CHUNK = "chunk";

  /** A chunk every five seconds is enough for as many of them to take five days. */
  static final int MOST_CHUNKS = 100_000;

  /** As long as a {@code project_id} of an event may be; and a session's, generously. */
  private static final int MOST_CHARACTERS = 1_024;

  /** Reads the parameters of a request for a recording. */
  public static RecordingRequest parse(String id, Map<String, List<String>> given, Instant now) {
    Parameters parameters = parameters(given, now, List.of(PROJECT));
    Optional<String> project = parameters.read(PROJECT, RecordingRequest::project);
    parameters.refuseWhatIsWrong();
    return new RecordingRequest(id, project, Optional.empty());
  }

  /**
   * Reads the parameters of a request that brings a chunk.
   *
   * @throws ProblemException naming every parameter that is wrong or missing
   */
  public static RecordingRequest parseChunk(
      String id, Map<String, List<String>> given, Instant now) {
    Parameters parameters = parameters(given, now, List.of(PROJECT, CHUNK));
    Optional<String> project = parameters.read(PROJECT, RecordingRequest::project);
    Optional<Integer> chunk = parameters.read(CHUNK, RecordingRequest::chunk);
    if (!given.containsKey(PROJECT)) {
      parameters.error(PROJECT, "say whose session it is");
    }
    if (!given.containsKey(CHUNK)) {
      parameters.error(CHUNK, "say which chunk it is; the first is 0");
    }
    if (id.isEmpty() || id.length() > MOST_CHARACTERS) {
      parameters.error(
          Field.SESSION_ID.jsonName(),
          "it has %,d characters; 1 to %,d were expected".formatted(id.length(), MOST_CHARACTERS));
    }
    parameters.refuseWhatIsWrong();
    return new RecordingRequest(id, project, chunk);
  }

  /** Whose recording a chunk is of. */
  SessionId session() {
    return new SessionId(projectId.orElseThrow(), sessionId);
  }

  private static Parameters parameters(
      Map<String, List<String>> given, Instant now, List<String> known) {
    Parameters parameters = new Parameters(given, now, known);
    for (String name : given.keySet()) {
      if (!known.contains(name)) {
        parameters.error(
            name, "there is no parameter of this name" + ClosestName.hint(name, known));
      }
    }
    return parameters;
  }

  private static String project(String text) {
    if (text.isEmpty() || text.length() > MOST_CHARACTERS) {
      throw new FilterSyntaxException(
          "it has %,d characters; 1 to %,d were expected"
              .formatted(text.length(), MOST_CHARACTERS));
    }
    return text;
  }

  private static int chunk(String text) {
    boolean number = text.matches("[0-9]{1,9}");
    if (!number || Integer.parseInt(text) >= MOST_CHUNKS) {
      throw new FilterSyntaxException(
          "'%s' is not a number from 0 to %d".formatted(text, MOST_CHUNKS - 1));
    }
    return Integer.parseInt(text);
  }
}
