package org.espalier.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the keys of a record are if they are left out, found by leaving them out. */
final class Defaults {
  private Defaults() {}

  /** Defaults of the keys that have one. */
  static Map<String, Object> of(TypeModel.Mapping model) {
    Map<String, String> given = enough(model);
    ConfigSource source = new ConfigSource("sample", flow(given));
    Record made = SettingsReader.read(source, model.type().asSubclass(Record.class));
    Map<String, Object> defaults = new LinkedHashMap<>(SettingsWriter.toTree(made));
    given.keySet().forEach(defaults::remove);
    return defaults;
  }

  /** As many keys as make a record: those required, and the first of each alternatives. */
  private static Map<String, String> enough(TypeModel.Mapping model) {
    Map<String, String> given = new LinkedHashMap<>();
    model.required().keySet().forEach(key -> given.put(key, sample(model, key)));
    model
        .alternatives()
        .forEach(group -> given.put(group.keys().get(0), sample(model, group.keys().get(0))));
    return given;
  }

  private static String sample(TypeModel.Mapping model, String key) {
    return sample(model.keys().get(key));
  }

  private static String sample(TypeModel model) {
    if (model instanceof TypeModel.Mapping mapping) {
      return flow(enough(mapping));
    } else if (model instanceof TypeModel.Choice choice) {
      Map.Entry<String, Class<?>> first = choice.options().entrySet().iterator().next();
      String rest = sample(TypeModel.of(first.getValue())).substring(1);
      return "{" + choice.discriminator() + ": " + first.getKey() + ", " + rest;
    } else if (model instanceof TypeModel.Sequence sequence) {
      return "[" + sample(sequence.element()) + "]";
    } else if (model instanceof TypeModel.Words words) {
      return words.constants().keySet().iterator().next();
    } else if (model instanceof TypeModel.Dictionary dictionary) {
      return "{any: " + sample(dictionary.value()) + "}";
    }
    if (model instanceof TypeModel.Ranged ranged) {
      return ranged.range().to() < 1 ? Double.toString(ranged.range().to()) : "1";
    }
    return model == TypeModel.Scalar.BOOLEAN ? "true" : "1";
  }

  private static String flow(Map<String, String> given) {
    StringBuilder yaml = new StringBuilder("{");
    given.forEach((key, value) -> yaml.append(key).append(": ").append(value).append(", "));
    return yaml.append('}').toString();
  }
}
