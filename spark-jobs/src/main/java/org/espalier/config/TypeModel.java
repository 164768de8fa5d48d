package org.espalier.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.espalier.storage.SealedTypes;

/**
 * The types that settings are made of. Reading, writing and the JSON Schema all go through this one
 * model, so they cannot disagree.
 *
 * <p>A record is a mapping with a key per component. A key may be left out if its component is not
 * of a primitive type: the compact constructor then gets {@code null} and either writes the default
 * or says that the key is missing. A sealed interface of records is a mapping with one more key
 * that names the record, {@code type} unless annotated otherwise. Enum constants are written as
 * {@link JsonProperty} says, else in camel case.
 */
public sealed interface TypeModel {

  /** The model of a type of a record component. */
  static TypeModel of(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
      if (generic.getRawType() == List.class) {
        return new Sequence(of(last));
      }
      if (generic.getRawType() == Map.class
          && generic.getActualTypeArguments()[0] == String.class) {
        return new Dictionary(of(last));
      }
    } else if (type instanceof Class<?> plain) {
      if (plain.isRecord()) {
        return new Mapping(plain, keys(plain));
      }
      if (plain.isSealed() && plain.isInterface()) {
        return choice(plain);
      }
      if (plain.isEnum()) {
        return new Words(words(plain));
      }
      return Scalar.of(plain);
    }
    throw new IllegalArgumentException("settings cannot hold a " + type.getTypeName());
  }

  /**
   * A record.
   *
   * @param type the record
   * @param keys its components in order
   */
  record Mapping(Class<?> type, Map<String, Type> keys) implements TypeModel {}

  /**
   * One of several records.
   *
   * @param discriminator key that names the record
   * @param options the records by their names
   */
  record Choice(String discriminator, Map<String, Class<?>> options) implements TypeModel {}

  /**
   * A list.
   *
   * @param element of its elements
   */
  record Sequence(TypeModel element) implements TypeModel {}

  /**
   * A mapping with keys of the user's choice.
   *
   * @param value of its values
   */
  record Dictionary(TypeModel value) implements TypeModel {}

  /**
   * An enum.
   *
   * @param constants by the words that stand for them
   */
  record Words(Map<String, Object> constants) implements TypeModel {}

  /** A single value. */
  enum Scalar implements TypeModel {
    INT("a whole number"),
    LONG("a whole number"),
    DOUBLE("a number"),
    BOOLEAN("true or false"),
    TEXT("text");

    private final String description;

    Scalar(String description) {
      this.description = description;
    }

    /** What is expected, for messages. */
    String description() {
      return description;
    }

    private static Scalar of(Class<?> type) {
      if (type == int.class || type == Integer.class) {
        return INT;
      }
      if (type == long.class || type == Long.class) {
        return LONG;
      }
      if (type == double.class || type == Double.class) {
        return DOUBLE;
      }
      if (type == boolean.class || type == Boolean.class) {
        return BOOLEAN;
      }
      if (type == String.class) {
        return TEXT;
      }
      throw new IllegalArgumentException("settings cannot hold a " + type.getName());
    }
  }

  private static Map<String, Type> keys(Class<?> type) {
    Map<String, Type> keys = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      keys.put(component.getName(), component.getGenericType());
    }
    return keys;
  }

  private static Choice choice(Class<?> type) {
    return new Choice(SealedTypes.property(type), SealedTypes.records(type));
  }

  private static Map<String, Object> words(Class<?> type) {
    Map<String, Object> words = new LinkedHashMap<>();
    for (Object constant : type.getEnumConstants()) {
      words.put(word((Enum<?>) constant), constant);
    }
    return words;
  }

  /** How an enum constant is written in a configuration. */
  static String word(Enum<?> constant) {
    try {
      JsonProperty property =
          constant.getDeclaringClass().getField(constant.name()).getAnnotation(JsonProperty.class);
      if (property != null) {
        return property.value();
      }
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(e);
    }
    StringBuilder word = new StringBuilder();
    for (String part : constant.name().toLowerCase(Locale.ROOT).split("_", -1)) {
      word.append(
          word.isEmpty()
              ? part
              : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
    }
    return word.toString();
  }
}
