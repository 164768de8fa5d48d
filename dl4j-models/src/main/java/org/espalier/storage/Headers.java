package org.espalier.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The JSON of headers: strict when read, sorted by key when written. */
final class Headers {
  static final int MAX_BYTES = 16 << 20;
  private static final int MAX_DEPTH = 64;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              StableJson.factory()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxDocumentLength(MAX_BYTES)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
          .build();

  private Headers() {}

  static ObjectNode empty() {
    return MAPPER.createObjectNode();
  }

  static byte[] write(ObjectNode header) {
    byte[] bytes;
    try {
      bytes = MAPPER.writeValueAsBytes(header);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the header cannot be written: " + e.getMessage(), e);
    }
    if (bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "the header has %s bytes, allowed are %s".formatted(bytes.length, MAX_BYTES));
    }
    return bytes;
  }

  static ObjectNode read(byte[] json, String where, long offset) {
    JsonNode tree;
    try {
      tree = MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new ArchiveException(
          where, offset, "the header is no valid JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
    if (tree instanceof ObjectNode header) {
      return header;
    }
    throw new ArchiveException(where, offset, "the header must be a JSON object");
  }
}
