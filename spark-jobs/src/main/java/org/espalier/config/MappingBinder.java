package org.espalier.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.espalier.settings.Place;
import org.espalier.text.Suggestion;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Binds YAML nodes to the types of a {@link TypeModel}. */
final class MappingBinder {
  private final ConfigSource source;
  private final Map<String, String> overrides;
  private final UnaryOperator<String> places;

  /**
   * A binder.
   *
   * @param overrides values of keys at the top
   * @param places what becomes of texts that are a {@link Place}
   */
  MappingBinder(ConfigSource source, Map<String, String> overrides, UnaryOperator<String> places) {
    this.source = source;
    this.overrides = overrides;
    this.places = places;
  }

  private Object value(Node node, TypeModel model, String path) {
    if (model instanceof TypeModel.Mapping mapping) {
      return bind(mapping(node, path), mapping, path, Set.of());
    } else if (model instanceof TypeModel.Choice choice) {
      return choice(mapping(node, path), choice, path);
    } else if (model instanceof TypeModel.Sequence sequence) {
      return sequence(node, sequence, path);
    } else if (model instanceof TypeModel.Dictionary dictionary) {
      return dictionary(mapping(node, path), dictionary, path);
    }
    return ScalarBinder.bind(source, node, model, path);
  }

  /**
   * Binds a record.
   *
   * @param ignored keys that are not components, known to the caller
   */
  Object bind(MappingNode node, TypeModel.Mapping model, String path, Set<String> ignored) {
    List<String> problems = new ArrayList<>();
    Map<String, NodeTuple> entries = entries(node, path, problems);
    if (path.isEmpty()) {
      overrides.forEach((key, text) -> entries.put(key, replaced(entries.get(key), key, text)));
    }
    Map<String, Object> values = new LinkedHashMap<>();
    entries.forEach(
        (key, entry) -> {
          TypeModel inner = model.keys().get(key);
          if (inner != null) {
            collect(
                problems,
                () -> {
                  Object value = value(entry.getValueNode(), inner, join(path, key));
                  values.put(key, isPlace(model, key) ? places.apply((String) value) : value);
                });
          } else if (!ignored.contains(key)) {
            problems.add(
                unknown(entry.getKeyNode(), "key", join(path, key), key, model.keys().keySet()));
          }
        });
    model
        .required()
        .forEach(
            (key, what) -> {
              if (!entries.containsKey(key)) {
                problems.add(problem(node, path, "missing key '" + key + "'" + explained(what)));
              }
            });
    // A key that is mistyped is not missed too.
    if (problems.isEmpty()) {
      model.alternatives().forEach(each -> checkGiven(each, entries, node, path, problems));
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return new RecordMaker(source).make(node, path, model, entries, values);
  }

  private static boolean isPlace(TypeModel.Mapping model, String key) {
    return Arrays.stream(model.type().getRecordComponents())
            .filter(component -> component.getName().equals(key))
            .anyMatch(component -> component.isAnnotationPresent(Place.class))
        || model.inlined().values().stream().anyMatch(inner -> isPlace(inner, key));
  }

  private void checkGiven(
      TypeModel.Alternatives alternatives,
      Map<String, NodeTuple> entries,
      MappingNode node,
      String path,
      List<String> problems) {
    List<String> given = entries.keySet().stream().filter(alternatives.keys()::contains).toList();
    boolean tooMany = alternatives.exclusive() && given.size() > 1;
    if (given.isEmpty() || tooMany) {
      problems.add(
          problem(
              tooMany ? entries.get(given.get(1)).getKeyNode() : node,
              path,
              "%s one of %s must be given%s%s"
                  .formatted(
                      alternatives.exclusive() ? "exactly" : "at least",
                      String.join(", ", alternatives.keys()),
                      explained(alternatives.what()),
                      tooMany ? "; there are " + String.join(", ", given) : "")));
    }
  }

  private static String explained(String what) {
    return what.isEmpty() ? "" : ": " + what;
  }

  private Object choice(MappingNode node, TypeModel.Choice model, String path) {
    List<String> problems = new ArrayList<>();
    NodeTuple entry = entries(node, path, problems).get(model.discriminator());
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    Collection<String> names = model.options().keySet();
    if (entry == null) {
      throw new ConfigException(
          problem(
              node,
              path,
              "missing key '%s', one of %s"
                  .formatted(model.discriminator(), String.join(", ", names))));
    }
    String key = join(path, model.discriminator());
    String name =
        (String) ScalarBinder.bind(source, entry.getValueNode(), TypeModel.Scalar.TEXT, key);
    Class<?> type = model.options().get(name);
    if (type == null) {
      throw new ConfigException(unknown(entry.getValueNode(), "value", key, name, names));
    }
    TypeModel.Mapping mapping = (TypeModel.Mapping) TypeModel.of(type);
    return bind(node, mapping, path, Set.of(model.discriminator()));
  }

  private Object sequence(Node node, TypeModel.Sequence model, String path) {
    if (!(node instanceof SequenceNode sequence)) {
      throw new ConfigException(problem(node, path, "expected a list such as [a, b]"));
    }
    List<String> problems = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    for (Node element : sequence.getValue()) {
      String place = path + "[" + values.size() + "]";
      collect(problems, () -> values.add(value(element, model.element(), place)));
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return List.copyOf(values);
  }

  private Object dictionary(MappingNode node, TypeModel.Dictionary model, String path) {
    List<String> problems = new ArrayList<>();
    Map<String, Object> values = new LinkedHashMap<>();
    entries(node, path, problems)
        .forEach(
            (key, entry) ->
                collect(
                    problems,
                    () ->
                        values.put(
                            key, value(entry.getValueNode(), model.value(), join(path, key)))));
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return Collections.unmodifiableMap(values);
  }

  /** Entries by key. Those of merged mappings ({@code <<}) stand behind the mapping's own. */
  private Map<String, NodeTuple> entries(MappingNode node, String path, List<String> problems) {
    Map<String, NodeTuple> entries = new LinkedHashMap<>();
    List<MappingNode> merged = new ArrayList<>();
    for (NodeTuple tuple : node.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.add(problem(tuple.getKeyNode(), path, "expected a plain word as key"));
        continue;
      }
      if (key.getTag().equals(Tag.MERGE)) {
        merged.addAll(merged(tuple.getValueNode(), path, problems));
        continue;
      }
      NodeTuple first = entries.putIfAbsent(key.getValue(), tuple);
      if (first != null) {
        problems.add(
            problem(
                key,
                join(path, key.getValue()),
                "key is given twice, first in line "
                    + (first.getKeyNode().getStartMark().getLine() + 1)));
      }
    }
    merged.forEach(each -> entries(each, path, problems).forEach(entries::putIfAbsent));
    return entries;
  }

  /** The mappings of a merge key: one, or a list of which the first has a key that several have. */
  private List<MappingNode> merged(Node node, String path, List<String> problems) {
    List<MappingNode> mappings = new ArrayList<>();
    List<Node> given = node instanceof SequenceNode list ? list.getValue() : List.of(node);
    for (Node each : given) {
      if (each instanceof MappingNode mapping) {
        mappings.add(mapping);
      } else {
        problems.add(problem(each, path, "<< expected keys and values, or a list of such"));
      }
    }
    return mappings;
  }

  private static NodeTuple replaced(NodeTuple entry, String key, String text) {
    Node place = entry == null ? null : entry.getKeyNode();
    var mark = place == null ? null : place.getStartMark();
    ScalarNode value = new ScalarNode(Tag.STR, text, mark, mark, DumperOptions.ScalarStyle.PLAIN);
    ScalarNode name = new ScalarNode(Tag.STR, key, mark, mark, DumperOptions.ScalarStyle.PLAIN);
    return new NodeTuple(name, value);
  }

  private MappingNode mapping(Node node, String path) {
    if (node instanceof MappingNode mapping) {
      return mapping;
    }
    throw new ConfigException(problem(node, path, "expected keys and values below it"));
  }

  private static void collect(List<String> problems, Runnable binding) {
    try {
      binding.run();
    } catch (ConfigException e) {
      problems.addAll(e.problems());
    }
  }

  private String unknown(
      Node node, String what, String path, String word, Collection<String> known) {
    String suggestion =
        Suggestion.closest(word, known)
            .map(close -> "did you mean '" + close + "'?")
            .orElse("expected one of " + String.join(", ", known));
    return YamlText.at(source, node.getStartMark())
        + ": unknown %s '%s'%s; %s"
            .formatted(
                what,
                word,
                path.equals(word) ? "" : " (" + path + ")",
                known.isEmpty() ? "expected none" : suggestion);
  }

  private String problem(Node node, String path, String problem) {
    return ScalarBinder.problem(source, node, path, problem);
  }

  private static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
