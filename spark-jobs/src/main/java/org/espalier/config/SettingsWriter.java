package org.espalier.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.settings.Inlined;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** Writes settings records, with every default resolved and secrets hidden. */
public final class SettingsWriter {
  private SettingsWriter() {}

  /** The settings as YAML that {@link SettingsReader} reads to an equal record. */
  public static String toYaml(Record settings) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setIndent(2);
    options.setWidth(100);
    options.setDereferenceAliases(true);
    return new Yaml(options).dump(toTree(settings));
  }

  /** The settings as maps, lists, numbers, booleans and text. */
  public static Map<String, Object> toTree(Record settings) {
    TypeModel.Mapping model = (TypeModel.Mapping) TypeModel.of(settings.getClass());
    Map<String, Object> tree = new LinkedHashMap<>();
    for (RecordComponent component : settings.getClass().getRecordComponents()) {
      Object value = read(component, settings);
      if (value instanceof ChosenSection section) {
        tree.put(section.key(), toTree(section.settings()));
      } else if (component.isAnnotationPresent(Inlined.class)) {
        tree.putAll(toTree((Record) value));
      } else if (value != null) {
        TypeModel inner = model.keys().get(component.getName());
        tree.put(component.getName(), hidden(component.getName(), convert(value, inner)));
      }
    }
    return tree;
  }

  private static Object convert(Object value, TypeModel model) {
    if (model instanceof TypeModel.Mapping) {
      return toTree((Record) value);
    } else if (model instanceof TypeModel.Choice choice) {
      Map<String, Object> tree = new LinkedHashMap<>();
      choice.options().entrySet().stream()
          .filter(option -> option.getValue() == value.getClass())
          .forEach(option -> tree.put(choice.discriminator(), option.getKey()));
      tree.putAll(toTree((Record) value));
      return tree;
    } else if (model instanceof TypeModel.Sequence sequence) {
      return ((List<?>) value).stream().map(each -> convert(each, sequence.element())).toList();
    } else if (model instanceof TypeModel.Dictionary dictionary) {
      Map<String, Object> tree = new TreeMap<>();
      ((Map<?, ?>) value)
          .forEach(
              (key, each) ->
                  tree.put(
                      key.toString(), hidden(key.toString(), convert(each, dictionary.value()))));
      return tree;
    }
    if (value instanceof String text) {
      return Redaction.text(text);
    }
    return value instanceof Enum<?> constant ? TypeModel.word(constant) : value;
  }

  private static Object hidden(String key, Object value) {
    return Redaction.hides(key) && value instanceof String ? Redaction.HIDDEN : value;
  }

  private static Object read(RecordComponent component, Record settings) {
    try {
      Method accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(settings);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }
}
