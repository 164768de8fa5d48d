package org.espalier.settings;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ranges of the components of a settings record, read once. */
final class RangeRules {
  private static final ClassValue<RangeRules> KNOWN =
      new ClassValue<>() {
        @Override
        protected RangeRules computeValue(Class<?> type) {
          return new RangeRules(type);
        }
      };

  private final Class<?> type;
  private final RecordComponent[] components;

  private RangeRules(Class<?> type) {
    this.type = type;
    this.components = type.getRecordComponents();
  }

  static RangeRules of(Class<? extends Record> type) {
    return KNOWN.get(type);
  }

  void check(Object[] values) {
    if (values.length != components.length) {
      throw new IllegalArgumentException(
          "%s has %s components, got %s values"
              .formatted(type.getName(), components.length, values.length));
    }
    for (int i = 0; i < values.length; i++) {
      check(components[i].getName(), components[i].getAnnotatedType(), values[i]);
    }
  }

  private static void check(String name, AnnotatedType type, Object value) {
    if (value instanceof Number number) {
      interval(type).ifPresent(range -> check(name, range, number));
    } else if (type instanceof AnnotatedParameterizedType generic) {
      AnnotatedType[] inner = generic.getAnnotatedActualTypeArguments();
      AnnotatedType last = inner[inner.length - 1];
      if (value instanceof List<?> list) {
        list.forEach(each -> check(name, last, each));
      } else if (value instanceof Map<?, ?> map) {
        map.forEach((key, each) -> check(name + "." + key, last, each));
      }
    }
  }

  private static void check(String name, Interval range, Number value) {
    if (!range.contains(value.doubleValue())) {
      boolean whole = value instanceof Integer || value instanceof Long;
      throw new SettingException(
          name, "must be %s, got %s".formatted(range.describe(whole), value));
    }
  }

  private static Optional<Interval> interval(AnnotatedType type) {
    return Optional.ofNullable(type.getAnnotation(Range.class)).map(Interval::of);
  }
}
