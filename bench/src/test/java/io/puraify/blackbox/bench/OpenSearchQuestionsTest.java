package io.puraify.blackbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OpenSearchQuestionsTest {

  @ParameterizedTest
  @EnumSource(names = "BY_ID", mode = EnumSource.Mode.EXCLUDE)
  void aQuestionIsASearchForEventsOrForNumbers(Question question) {
    Samples.Sample sample = new Samples.Sample("pf_1", "s_2", "0".repeat(32), "AB1");
    JsonNode search = JsonMapper.shared().readTree(OpenSearchQuestions.search(question, sample));
    boolean counts = search.has("aggs") || search.path("track_total_hits").asBoolean();
    assertThat(search.path("size").asInt() == 0).isEqualTo(counts);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "NEWEST      | 2 | {'hits': {'hits': [{'_id':'a'}, {'_id':'b'}]}}",
        "HISTOGRAM   | 3 | {'aggregations': {'minutes': {'buckets': [{'doc_count': 9, 'statuses':"
            + " {'buckets': [{'doc_count': 1}, {'doc_count': 2}]}}]}}}",
        "PERCENTILES | 4 | {'aggregations': {'engines': {'buckets': [{'doc_count': 9, 'platforms':"
            + " {'buckets': [{'doc_count': 4, 'duration': {'values': {'50.0': 1.0, '95.0': 2.0,"
            + " '99.0': 3.0}}}, {'doc_count': 5, 'duration': {'values': {'50.0': null, '95.0':"
            + " null, '99.0': null}}}]}}]}}}",
        "RARE_WORD   | 3 | {'hits': {'total': {'value': 3, 'relation': 'eq'}, 'hits': []}}",
        "TOP_USERS   | 7 | {'aggregations': {'users': {'sum_other_doc_count': 90, 'buckets':"
            + " [{'key': 'u_1', 'doc_count': 4}, {'key': 'u_2', 'doc_count': 3}]}}}",
        "TOP_USERS   | 0 | {'hits': {'hits': []}}"
      })
  void anAnswerSaysHowManyEventsItListsOrCounts(Question question, long events, String body) {
    assertThat(OpenSearchQuestions.events(question, body.replace('\'', '"'))).isEqualTo(events);
  }
}
