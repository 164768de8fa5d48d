package org.espalier.config;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which keys of a record must be given and what the others are if left out, found by leaving them
 * out.
 *
 * @param required keys without which the record cannot be made
 * @param defaults of the other keys
 */
record RequiredKeys(Set<String> required, Map<String, Object> defaults) {

  static RequiredKeys of(TypeModel.Mapping model) {
    Map<String, String> given = new LinkedHashMap<>();
    for (int attempt = 0; attempt <= model.keys().size(); attempt++) {
      try {
        Record made = read(model, given);
        Map<String, Object> defaults = new LinkedHashMap<>(SettingsWriter.toTree(made));
        given.keySet().forEach(defaults::remove);
        return new RequiredKeys(given.keySet(), defaults);
      } catch (ConfigException e) {
        Set<String> missing = missing(e.getMessage(), model);
        if (missing.isEmpty() || given.keySet().containsAll(missing)) {
          return new RequiredKeys(new LinkedHashSet<>(given.keySet()), Map.of());
        }
        missing.forEach(key -> given.put(key, sample(TypeModel.of(model.keys().get(key)))));
      }
    }
    throw new IllegalStateException("cannot make a " + model.type());
  }

  private static Record read(TypeModel.Mapping model, Map<String, String> given) {
    StringBuilder yaml = new StringBuilder("{");
    given.forEach((key, value) -> yaml.append(key).append(": ").append(value).append(", "));
    ConfigSource source = new ConfigSource("sample", yaml.append('}').toString());
    return SettingsReader.read(source, model.type().asSubclass(Record.class));
  }

  private static Set<String> missing(String message, TypeModel.Mapping model) {
    Set<String> missing = new LinkedHashSet<>();
    for (String key : model.keys().keySet()) {
      if (message.contains("missing key '" + key + "'")
          || message.contains(": " + key + " is missing")) {
        missing.add(key);
      } else if (message.contains(": " + key + " must ")) {
        missing.add(key);
      }
    }
    return missing;
  }

  private static String sample(TypeModel model) {
    if (model instanceof TypeModel.Mapping mapping) {
      RequiredKeys keys = of(mapping);
      StringBuilder yaml = new StringBuilder("{");
      for (String key : keys.required()) {
        String value = sample(TypeModel.of(mapping.keys().get(key)));
        yaml.append(key).append(": ").append(value).append(", ");
      }
      return yaml.append('}').toString();
    } else if (model instanceof TypeModel.Choice choice) {
      Map.Entry<String, Class<?>> first = choice.options().entrySet().iterator().next();
      String rest = sample(TypeModel.of(first.getValue())).substring(1);
      return "{" + choice.discriminator() + ": " + first.getKey() + ", " + rest;
    } else if (model instanceof TypeModel.Sequence sequence) {
      return "[" + sample(sequence.element()) + "]";
    } else if (model instanceof TypeModel.Words words) {
      return words.constants().keySet().iterator().next();
    } else if (model instanceof TypeModel.Dictionary) {
      return "{}";
    }
    return model == TypeModel.Scalar.BOOLEAN ? "true" : "1";
  }
}
