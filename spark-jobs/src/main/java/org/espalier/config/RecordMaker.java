package org.espalier.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import org.espalier.settings.SettingException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Makes records of bound values, and shows what they refuse where it stands. */
final class RecordMaker {
  private final ConfigSource source;

  RecordMaker(ConfigSource source) {
    this.source = source;
  }

  /**
   * Makes a record.
   *
   * @param node the mapping it is made from
   * @param path keys that lead there, with dots
   * @param entries of the mapping, by key
   * @param values of the keys that are given
   * @throws ConfigException if the record refuses a value; everything else that its constructor
   *     throws is a mistake of the program and comes through
   */
  Object make(
      MappingNode node,
      String path,
      TypeModel.Mapping model,
      Map<String, NodeTuple> entries,
      Map<String, Object> values) {
    RecordComponent[] components = model.type().getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] arguments =
        Arrays.stream(components)
            .map(
                component ->
                    model.inlined().containsKey(component.getName())
                        ? make(
                            node, path, model.inlined().get(component.getName()), entries, values)
                        : argument(component, model, values))
            .toArray();
    try {
      Constructor<?> constructor = model.type().getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof SettingException refused) {
        Node place = place(node, entries, refused.key());
        throw new ConfigException(ScalarBinder.problem(source, place, path, refused.getMessage()));
      }
      if (e.getCause() instanceof RuntimeException mistake) {
        throw mistake;
      }
      throw new IllegalStateException("cannot make a " + model.type().getName(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make a " + model.type().getName(), e);
    }
  }

  private static Object argument(
      RecordComponent component, TypeModel.Mapping model, Map<String, Object> values) {
    if (component.getType() != ChosenSection.class) {
      return values.get(component.getName());
    }
    String key =
        model.sections().keySet().stream().filter(values::containsKey).findFirst().orElseThrow();
    return new ChosenSection(key, (Record) values.get(key));
  }

  /** Where a key with dots stands, or the innermost given key around it, or the whole mapping. */
  private static Node place(MappingNode node, Map<String, NodeTuple> entries, String key) {
    String[] parts = key.split("\\.", -1);
    NodeTuple entry = entries.get(parts[0]);
    Node place = node;
    for (int i = 1; entry != null; i++) {
      place = entry.getKeyNode();
      entry = i < parts.length ? below(entry.getValueNode(), parts[i]) : null;
    }
    return place;
  }

  private static NodeTuple below(Node node, String key) {
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key)) {
          return tuple;
        }
      }
    }
    return null;
  }
}
