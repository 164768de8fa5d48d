package org.espalier.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.espalier.settings.Inlined;
import org.espalier.settings.Interval;
import org.espalier.settings.OneOf;
import org.espalier.settings.Range;
import org.espalier.settings.Required;
import org.espalier.storage.SealedTypes;

/**
 * The types that settings are made of. Reading, writing and the JSON Schema all go through this one
 * model, so they cannot disagree.
 *
 * <p>A record is a mapping with a key per component, and with the keys of components that are
 * {@link Inlined}. A key must be given if its component is {@link Required} or of a primitive type;
 * where another is left out the compact constructor gets {@code null} and writes the default. Of
 * the keys that {@link OneOf} names, and of the sections of a component of type {@link
 * ChosenSection}, one must be given. Values that break a rule are refused by the compact
 * constructor with a {@link org.espalier.settings.SettingException}. A sealed interface of records
 * is a mapping with one more key that names the record, {@code type} unless annotated otherwise.
 * Enum constants are written as {@link JsonProperty} says, else in camel case.
 */
public sealed interface TypeModel {

  /** The model of a type that is no generic one. */
  static TypeModel of(Class<?> type) {
    if (type.isRecord()) {
      return mapping(type);
    }
    if (type.isSealed() && type.isInterface()) {
      return choice(type);
    }
    if (type.isEnum()) {
      return new Words(words(type));
    }
    return Scalar.of(type);
  }

  /** The model of the type of a record component, with its {@link Range}. */
  private static TypeModel of(AnnotatedType type) {
    if (type instanceof AnnotatedParameterizedType generic
        && generic.getType() instanceof ParameterizedType plain) {
      AnnotatedType[] inner = generic.getAnnotatedActualTypeArguments();
      TypeModel last = of(inner[inner.length - 1]);
      if (plain.getRawType() == List.class) {
        return new Sequence(last);
      }
      if (plain.getRawType() == Map.class && inner[0].getType() == String.class) {
        return new Dictionary(last);
      }
    } else if (type.getType() instanceof Class<?> plain) {
      TypeModel model = of(plain);
      Range range = type.getAnnotation(Range.class);
      return range == null ? model : new Ranged((Scalar) model, Interval.of(range));
    }
    throw new IllegalArgumentException("settings cannot hold a " + type.getType().getTypeName());
  }

  /**
   * A record.
   *
   * @param type the record
   * @param keys models of its components in order, with the sections there are in place of a
   *     section, and the keys of an inlined record in its place
   * @param required keys that must be given, and what each is for people, perhaps empty
   * @param alternatives keys of which one must be given
   * @param sections by their keys; none if no component is a section
   * @param inlined components whose keys stand among those of the record, by name
   */
  record Mapping(
      Class<?> type,
      Map<String, TypeModel> keys,
      Map<String, String> required,
      List<Alternatives> alternatives,
      Map<String, ChosenSection.Kind> sections,
      Map<String, Mapping> inlined)
      implements TypeModel {}

  /**
   * Keys of which one must be given.
   *
   * @param keys at least one
   * @param exclusive whether no more than one may be given
   * @param what they are, for people, perhaps empty
   */
  record Alternatives(List<String> keys, boolean exclusive, String what) {}

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

  /**
   * A number of a range.
   *
   * @param scalar which kind of number
   * @param range what it may be
   */
  record Ranged(Scalar scalar, Interval range) implements TypeModel {}

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

  private static Mapping mapping(Class<?> type) {
    Map<String, TypeModel> keys = new LinkedHashMap<>();
    Map<String, String> required = new LinkedHashMap<>();
    List<Alternatives> alternatives = new ArrayList<>();
    Map<String, ChosenSection.Kind> sections = new LinkedHashMap<>();
    Map<String, Mapping> inlined = new LinkedHashMap<>();
    OneOf oneOf = type.getAnnotation(OneOf.class);
    if (oneOf != null) {
      alternatives.add(new Alternatives(List.of(oneOf.value()), oneOf.exclusive(), oneOf.what()));
    }
    for (RecordComponent component : type.getRecordComponents()) {
      ChosenSection.Among among = component.getAnnotation(ChosenSection.Among.class);
      if (among != null) {
        for (ChosenSection.Kind kind : kinds(among)) {
          sections.put(kind.key(), kind);
          keys.put(kind.key(), of(kind.type()));
        }
        alternatives.add(new Alternatives(List.copyOf(sections.keySet()), true, among.what()));
        continue;
      }
      if (component.isAnnotationPresent(Inlined.class)) {
        Mapping inner = mapping(component.getType());
        inlined.put(component.getName(), inner);
        keys.putAll(inner.keys());
        required.putAll(inner.required());
        alternatives.addAll(inner.alternatives());
        continue;
      }
      keys.put(component.getName(), of(component.getAnnotatedType()));
      Required annotation = component.getAnnotation(Required.class);
      if (annotation != null || component.getType().isPrimitive()) {
        required.put(component.getName(), annotation == null ? "" : annotation.value());
      }
    }
    return new Mapping(type, keys, required, alternatives, sections, inlined);
  }

  private static List<ChosenSection.Kind> kinds(ChosenSection.Among among) {
    try {
      Constructor<? extends ChosenSection.Kinds> constructor =
          among.value().getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance().kinds();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot list the sections of " + among.value().getName(), e);
    }
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
