package org.espalier.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espalier.settings.Required;
import org.yaml.snakeyaml.Yaml;

/** Values of keys that hold one number or text: those in configurations, else those of records. */
final class Examples {
  private static final int MOST = 4;

  private final Map<String, Set<JsonNode>> values = new LinkedHashMap<>();

  private Examples() {}

  /** The examples in some files. */
  static Examples in(Class<? extends Record> type, List<Path> files) throws IOException {
    Examples examples = new Examples();
    for (Path file : files) {
      examples.collect(TypeModel.of(type), tree(Files.readString(file)));
    }
    return examples;
  }

  /** Examples of a key, perhaps none. */
  List<JsonNode> of(TypeModel.Mapping model, String key) {
    Set<JsonNode> found = values.get(name(model, key));
    if (found != null) {
      return found.stream().limit(MOST).toList();
    }
    for (RecordComponent component : model.type().getRecordComponents()) {
      Required required = component.getAnnotation(Required.class);
      if (component.getName().equals(key) && required != null && !required.example().isEmpty()) {
        return List.of(tree(required.example()));
      }
    }
    return List.of();
  }

  private void collect(TypeModel model, JsonNode node) {
    if (model instanceof TypeModel.Choice choice) {
      Class<?> option = choice.options().get(node.path(choice.discriminator()).asText());
      collect(TypeModel.of(option), node);
    } else if (model instanceof TypeModel.Sequence sequence) {
      node.forEach(each -> collect(sequence.element(), each));
    } else if (model instanceof TypeModel.Dictionary dictionary) {
      node.forEach(each -> collect(dictionary.value(), each));
    } else if (model instanceof TypeModel.Mapping mapping) {
      mapping.keys().forEach((key, inner) -> collect(mapping, key, inner, node.path(key)));
    }
  }

  private void collect(TypeModel.Mapping model, String key, TypeModel inner, JsonNode value) {
    boolean single = inner instanceof TypeModel.Ranged || inner instanceof TypeModel.Scalar;
    if (single && !value.isMissingNode() && inner != TypeModel.Scalar.BOOLEAN) {
      values.computeIfAbsent(name(model, key), unused -> new LinkedHashSet<>()).add(value);
    } else if (!value.isMissingNode()) {
      collect(inner, value);
    }
  }

  private static String name(TypeModel.Mapping model, String key) {
    return model.type().getName() + "." + key;
  }

  private static JsonNode tree(String yaml) {
    return new ObjectMapper().valueToTree(new Yaml().load(yaml));
  }
}
