package org.espalier.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Type;
import java.util.Map;
import org.espalier.storage.SealedTypes;

/**
 * JSON Schema of a settings record, from the model by which it is read; descriptions come from its
 * Javadoc. For editors: ranges that involve several keys are only checked by reading.
 */
final class SettingsSchema {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final ObjectNode definitions = NODES.objectNode();

  private SettingsSchema() {}

  static ObjectNode of(Class<? extends Record> type, String title) {
    SettingsSchema schema = new SettingsSchema();
    ObjectNode root = NODES.objectNode();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("title", title);
    root.setAll(schema.mapping((TypeModel.Mapping) TypeModel.of(type)));
    root.set("$defs", schema.definitions);
    return root;
  }

  private ObjectNode schema(Type type, TypeModel model) {
    ObjectNode node = NODES.objectNode();
    if (model instanceof TypeModel.Mapping mapping) {
      return node.put("$ref", define(mapping.type(), "", ""));
    } else if (model instanceof TypeModel.Choice choice) {
      ArrayNode options = node.putArray("oneOf");
      choice
          .options()
          .forEach(
              (name, option) ->
                  options.addObject().put("$ref", define(option, choice.discriminator(), name)));
      return node;
    } else if (model instanceof TypeModel.Sequence sequence) {
      node.put("type", "array").set("items", schema(type, sequence.element()));
      return node;
    } else if (model instanceof TypeModel.Dictionary dictionary) {
      node.put("type", "object").set("additionalProperties", schema(type, dictionary.value()));
      return node;
    } else if (model instanceof TypeModel.Words words) {
      words.constants().keySet().forEach(node.putArray("enum")::add);
      return node;
    }
    switch ((TypeModel.Scalar) model) {
      case INT, LONG -> node.put("type", "integer");
      case DOUBLE -> node.put("type", "number");
      case BOOLEAN -> node.put("type", "boolean");
      case TEXT -> node.putArray("type").add("string").add("number").add("boolean");
    }
    return node;
  }

  private String define(Class<?> type, String discriminator, String option) {
    Class<?> host = type.getNestHost();
    String name =
        host == type ? type.getSimpleName() : host.getSimpleName() + "." + type.getSimpleName();
    if (!definitions.has(name)) {
      definitions.putObject(name);
      ObjectNode node = mapping((TypeModel.Mapping) TypeModel.of(type));
      if (!option.isEmpty()) {
        ObjectNode properties = NODES.objectNode();
        properties.putObject(discriminator).put("const", option);
        properties.setAll((ObjectNode) node.get("properties"));
        node.set("properties", properties);
        node.withArray("required").insert(0, discriminator);
      }
      definitions.set(name, node);
    }
    return "#/$defs/" + name;
  }

  private ObjectNode mapping(TypeModel.Mapping model) {
    Map<String, String> tags = JavadocTags.of(model.type());
    RequiredKeys keys = RequiredKeys.of(model);
    ObjectNode node = NODES.objectNode();
    node.put("type", "object");
    node.put("description", tags.get(""));
    node.put("additionalProperties", false);
    ObjectNode properties = node.putObject("properties");
    ArrayNode required = node.putArray("required");
    if (!keys.alternatives().isEmpty()) {
      ArrayNode options = node.putArray(keys.exactlyOne() ? "oneOf" : "anyOf");
      keys.alternatives().forEach(key -> options.addObject().putArray("required").add(key));
    }
    model
        .keys()
        .forEach(
            (key, type) -> {
              ObjectNode property = schema(type, TypeModel.of(type));
              property.put("description", tags.getOrDefault(key, ""));
              if (keys.required().contains(key)) {
                required.add(key);
              } else if (keys.defaults().containsKey(key)) {
                JsonNode value =
                    new ObjectMapper()
                        .registerModule(SealedTypes.module())
                        .valueToTree(keys.defaults().get(key));
                property.set("default", value);
              }
              properties.set(key, property);
            });
    return node;
  }
}
