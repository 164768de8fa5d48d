package org.espalier.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import org.espalier.storage.StableJson;

/** Values for programs, as one line of JSON. */
final class JsonLine {
  private static final ObjectWriter PLAIN =
      new ObjectMapper(StableJson.plain())
          .writer()
          .with(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);

  private JsonLine() {}

  /**
   * A line with its end.
   *
   * @param value of plain data
   * @param terminal whether it goes to a terminal, whose cursor no character may move
   */
  static String of(Object value, boolean terminal) {
    ObjectWriter writer = terminal ? PLAIN.with(JsonWriteFeature.ESCAPE_NON_ASCII) : PLAIN;
    try {
      return writer.writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a summary is plain data", e);
    }
  }
}
