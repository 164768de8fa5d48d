package org.espalier.config;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which keys of a record must be given and what the others are if left out, found by leaving them
 * out.
 *
 * @param required keys without which the record cannot be made
 * @param alternatives keys of which one must be given; none if there is no such rule
 * @param exactlyOne whether no more than one of the alternatives may be given
 * @param defaults of the other keys
 */
record RequiredKeys(
    Set<String> required,
    List<String> alternatives,
    boolean exactlyOne,
    Map<String, Object> defaults) {
  private static final Pattern ONE_OF =
      Pattern.compile("(exactly|at least) one of ([A-Za-z, ]+) must be given");

  static RequiredKeys of(TypeModel.Mapping model) {
    Map<String, String> given = new LinkedHashMap<>();
    List<String> alternatives = List.of();
    boolean exactlyOne = false;
    for (int attempt = 0; attempt <= model.keys().size(); attempt++) {
      try {
        Record made = read(model, given);
        Map<String, Object> defaults = new LinkedHashMap<>(SettingsWriter.toTree(made));
        given.keySet().forEach(defaults::remove);
        return found(given.keySet(), alternatives, exactlyOne, defaults);
      } catch (ConfigException e) {
        Set<String> missing = missing(e.getMessage(), model);
        Matcher oneOf = ONE_OF.matcher(e.getMessage());
        if (oneOf.find()) {
          alternatives = List.of(oneOf.group(2).split(", ", -1));
          exactlyOne = oneOf.group(1).equals("exactly");
          missing = Set.of(alternatives.get(0));
        }
        if (missing.isEmpty() || given.keySet().containsAll(missing)) {
          return found(given.keySet(), alternatives, exactlyOne, Map.of());
        }
        missing.forEach(key -> given.put(key, sample(TypeModel.of(model.keys().get(key)))));
      }
    }
    throw new IllegalStateException("cannot make a " + model.type());
  }

  private static RequiredKeys found(
      Set<String> given,
      List<String> alternatives,
      boolean exactlyOne,
      Map<String, Object> defaults) {
    Set<String> required = new LinkedHashSet<>(given);
    alternatives.forEach(required::remove);
    return new RequiredKeys(required, alternatives, exactlyOne, defaults);
  }

  /** As many keys as make a record: those required and the first of the alternatives. */
  private List<String> enough() {
    return Stream.concat(required.stream(), alternatives.stream().limit(1)).toList();
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
      for (String key : keys.enough()) {
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
