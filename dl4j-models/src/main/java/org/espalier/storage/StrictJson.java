package org.espalier.storage;

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
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.espalier.text.InputException;
import org.espalier.text.Suggestion;

/**
 * Records as JSON for people, read strictly: every field must be there, be known and be of its
 * type, and messages say where something is wrong. Sealed interfaces are written as {@link
 * SealedTypes} says. The text is a function of the value.
 *
 * @param <T> a record
 */
public final class StrictJson<T> {
  /** The longest text that any reader may allow, in characters. */
  private static final int LONGEST = 16 << 20;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              StableJson.factory()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(16)
                          .maxDocumentLength(LONGEST)
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

  private static final Pattern MISSING = Pattern.compile("Missing creator property '([^']+)'");

  private final Class<T> type;
  private final String thing;
  private final String typed;
  private final int longest;

  /**
   * A form of JSON.
   *
   * @param type of the records
   * @param thing what one is, for messages; such as {@code "a network"}
   * @param typed what its parts that have a type are, for messages; such as {@code "layer"}
   * @param longest characters of a text that is read, at most {@value #LONGEST}
   */
  public StrictJson(Class<T> type, String thing, String typed, int longest) {
    if (longest > LONGEST) {
      throw new IllegalArgumentException("longest must be at most " + LONGEST);
    }
    this.type = type;
    this.thing = thing;
    this.typed = typed;
    this.longest = longest;
  }

  /** The value as JSON text over several lines, ending with a line feed. */
  public String write(T value) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(thing + " is plain data", e);
    }
  }

  /** SHA-256 of the JSON without white space, fields sorted: 64 hexadecimal digits. */
  public String hash(T value) {
    try {
      return Hashes.hex(MAPPER.writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(thing + " is plain data", e);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param json the text
   * @param where what the text is called in messages: a file or URI
   * @throws InputException naming file, line, column and field
   */
  public T read(String json, String where) {
    if (json.length() > longest) {
      throw new InputException(
          "%s: %s characters, %s has at most %s".formatted(where, json.length(), thing, longest));
    }
    try {
      T value = MAPPER.readValue(json, type);
      if (value == null) {
        throw new InputException("%s: holds null, expected %s".formatted(where, thing));
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new InputException(describe(e, where), e);
    }
  }

  private String describe(JsonProcessingException e, String where) {
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

  private String problem(JsonProcessingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "unknown field '%s', known are %s"
          .formatted(
              unknown.getPropertyName(),
              unknown.getKnownPropertyIds().stream().map(Object::toString).sorted().toList());
    } else if (e instanceof InvalidTypeIdException invalid) {
      return invalid.getTypeId() == null
          ? "the field 'type' is missing"
          : "unknown %s type '%s'".formatted(typed, invalid.getTypeId());
    } else if (e instanceof ValueInstantiationException && e.getCause() != null) {
      return e.getCause().getMessage();
    } else if (e.getOriginalMessage().startsWith("Trailing token")) {
      return "expected the end of the text";
    } else if (e instanceof MismatchedInputException mismatch
        && mismatch.getTargetType() != null
        && !mismatch.getOriginalMessage().startsWith("Missing")
        && !mismatch.getOriginalMessage().startsWith("Null")) {
      return mismatched(mismatch);
    }
    Matcher missing = MISSING.matcher(e.getOriginalMessage());
    return missing.lookingAt()
        ? "the field '%s' is missing".formatted(missing.group(1))
        : e.getOriginalMessage();
  }

  private static String mismatched(MismatchedInputException e) {
    if (e instanceof InvalidFormatException invalid
        && invalid.getTargetType().isEnum()
        && invalid.getValue() instanceof String word) {
      return unknownWord(word, invalid.getTargetType());
    }
    return "expected " + kind(e.getTargetType()) + ", got something else";
  }

  private static String unknownWord(String word, Class<?> type) {
    List<String> known =
        Arrays.stream(type.getEnumConstants())
            .map(constant -> MAPPER.convertValue(constant, String.class))
            .toList();
    return Suggestion.closest(word, known)
        .map(close -> "unknown value '%s'; did you mean '%s'?".formatted(word, close))
        .orElse("unknown value '%s', expected one of %s".formatted(word, String.join(", ", known)));
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
}
