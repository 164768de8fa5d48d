package org.espalier.network;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.util.List;
import org.espalier.storage.Hashes;
import org.espalier.storage.SealedTypes;
import org.espalier.storage.StableJson;
import org.espalier.text.InputException;

/** {@link NetworkSpec} as JSON, and its hash. */
public final class NetworkSpecs {
  /** The format this program writes and reads, the field {@code format}. */
  public static final int FORMAT = 1;

  /** The longest text that is read, in characters. */
  public static final int MAX_CHARACTERS = 16 << 20;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              StableJson.factory()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(16)
                          .maxDocumentLength(MAX_CHARACTERS)
                          .maxStringLength(4096)
                          .maxNumberLength(64)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .defaultSetterInfo(JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL))
          .withCoercionConfig(
              LogicalType.Textual,
              config ->
                  config
                      .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .addModule(SealedTypes.module())
          .build();

  private NetworkSpecs() {}

  /** The network as JSON text over several lines, ending with a line feed. */
  public static String toJson(NetworkSpec spec) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(Document.of(spec)) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a network is plain data", e);
    }
  }

  /**
   * Reads what {@link #toJson} wrote, strictly: every field must be there, be known and be of its
   * type; and the layers must fit ({@link ShapeInference}).
   *
   * @param json the text
   * @param where what the text is called in messages: a file or URI
   * @throws IllegalArgumentException naming file, line, column and field, or the layer
   */
  public static NetworkSpec fromJson(String json, String where) {
    if (json.length() > MAX_CHARACTERS) {
      throw new InputException(
          "%s: %s characters, a network has at most %s"
              .formatted(where, json.length(), MAX_CHARACTERS));
    }
    NetworkSpec spec;
    try {
      Document document = MAPPER.readValue(json, Document.class);
      if (document == null) {
        throw new IllegalArgumentException("holds null, expected a network");
      }
      spec = document.toSpec();
    } catch (JsonProcessingException e) {
      throw new InputException(describe(e, where), e);
    } catch (IllegalArgumentException e) {
      throw new InputException(where + ": " + e.getMessage(), e);
    }
    try {
      ShapeInference.infer(spec);
    } catch (IllegalArgumentException e) {
      throw new InputException(where + ": " + e.getMessage(), e);
    }
    return spec;
  }

  /** SHA-256 of the JSON without white space, fields sorted: 64 hexadecimal digits. */
  public static String hash(NetworkSpec spec) {
    try {
      return Hashes.hex(MAPPER.writeValueAsBytes(Document.of(spec)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a network is plain data", e);
    }
  }

  private static String describe(JsonProcessingException e, String where) {
    StringBuilder message = new StringBuilder(where);
    JsonLocation location = e.getLocation();
    if (location != null && location.getLineNr() > 0) {
      message.append(
          ": line %s, column %s".formatted(location.getLineNr(), location.getColumnNr()));
    }
    if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      message.append(": ").append(path(mapping.getPath()));
    }
    return message.append(": ").append(problem(e)).toString();
  }

  private static String problem(JsonProcessingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "unknown field '%s', known are %s"
          .formatted(
              unknown.getPropertyName(),
              unknown.getKnownPropertyIds().stream().map(Object::toString).sorted().toList());
    } else if (e instanceof InvalidTypeIdException type) {
      return type.getTypeId() == null
          ? "the field 'type' is missing"
          : "unknown layer type '" + type.getTypeId() + "'";
    } else if (e instanceof ValueInstantiationException && e.getCause() != null) {
      return e.getCause().getMessage();
    } else if (e.getOriginalMessage().startsWith("Trailing token")) {
      return "expected the end of the text";
    } else if (e instanceof MismatchedInputException mismatch
        && mismatch.getTargetType() != null
        && !mismatch.getOriginalMessage().startsWith("Missing")
        && !mismatch.getOriginalMessage().startsWith("Null")) {
      return "expected " + kind(mismatch.getTargetType()) + ", got something else";
    }
    return e.getOriginalMessage();
  }

  private static String kind(Class<?> type) {
    if (type == int.class) {
      return "a whole number within int32";
    } else if (type == double.class) {
      return "a number";
    } else if (type == boolean.class) {
      return "true or false";
    } else if (type == String.class) {
      return "a string";
    } else if (type.isEnum()) {
      return "one of " + List.of(type.getEnumConstants());
    }
    return List.class.isAssignableFrom(type) ? "a list" : "an object";
  }

  private static String path(List<JsonMappingException.Reference> references) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference reference : references) {
      if (reference.getFieldName() == null) {
        path.append('[').append(reference.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
      }
    }
    return path.toString();
  }

  /** What the file holds. */
  private record Document(int format, String name, ImageShape input, List<NetworkSpec.Node> nodes) {
    Document {
      if (format != FORMAT) {
        throw new IllegalArgumentException(
            "network format %s, this program reads format %s".formatted(format, FORMAT));
      }
    }

    static Document of(NetworkSpec spec) {
      return new Document(FORMAT, spec.name(), spec.input(), spec.nodes());
    }

    NetworkSpec toSpec() {
      return new NetworkSpec(name, input, nodes);
    }
  }
}
