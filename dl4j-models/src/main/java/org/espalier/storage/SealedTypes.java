package org.espalier.storage;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How a sealed interface of records is written, in JSON and in configurations alike: as its record,
 * with one more key that says which one it is. The records are those that the interface permits, so
 * there is no list to keep.
 */
public final class SealedTypes {
  private static final String USUAL_PROPERTY = "type";

  private SealedTypes() {}

  /** Lets a mapper write and read sealed interfaces of records. */
  public static Module module() {
    return new SealedTypesModule();
  }

  /**
   * The key that says which record it is: {@code type}, unless {@link JsonTypeInfo} names another.
   */
  public static String property(Class<?> sealed) {
    JsonTypeInfo info = sealed.getAnnotation(JsonTypeInfo.class);
    return info == null ? USUAL_PROPERTY : info.property();
  }

  /** What a record is called: its simple name in camel case, or what {@link JsonTypeName} says. */
  static String name(Class<?> type) {
    JsonTypeName given = type.getAnnotation(JsonTypeName.class);
    if (given != null) {
      return given.value();
    }
    String name = type.getSimpleName();
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  /**
   * The records of a sealed interface by their names; those of a sealed interface inside it are its
   * own. They come in the order of its {@code permits}; without that clause the compiler orders
   * them as it likes, so settings, whose schema is published, have it.
   *
   * @throws IllegalArgumentException if it permits something else than records, or two of one name
   */
  public static Map<String, Class<?>> records(Class<?> sealed) {
    Map<String, Class<?>> records = new LinkedHashMap<>();
    collect(sealed, records);
    return Collections.unmodifiableMap(records);
  }

  private static void collect(Class<?> sealed, Map<String, Class<?>> records) {
    for (Class<?> permitted : sealed.getPermittedSubclasses()) {
      if (isSealedInterface(permitted)) {
        collect(permitted, records);
      } else if (!permitted.isRecord()) {
        throw new IllegalArgumentException(
            "%s of %s is no record".formatted(permitted.getName(), sealed.getName()));
      } else if (records.putIfAbsent(name(permitted), permitted) != null) {
        throw new IllegalArgumentException(
            "two records of %s are called '%s'".formatted(sealed.getName(), name(permitted)));
      }
    }
  }

  static boolean isSealedInterface(Class<?> type) {
    return type.isInterface() && type.isSealed();
  }

  /** Whether it is written with its name: a sealed interface, or a record that one permits. */
  static boolean isNamed(Class<?> type) {
    if (!type.isRecord()) {
      return isSealedInterface(type);
    }
    for (Class<?> parent : type.getInterfaces()) {
      if (isSealedInterface(parent)) {
        return true;
      }
    }
    return false;
  }

  private static final class SealedTypesModule extends SimpleModule {
    private static final long serialVersionUID = 1L;

    @Override
    public void setupModule(SetupContext context) {
      super.setupModule(context);
      // What annotations say comes first.
      context.appendAnnotationIntrospector(new SealedTypeIntrospector());
    }
  }
}
