package org.espalier.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.settings.Interval;
import org.espalier.storage.SealedTypes;

/**
 * JSON Schema of a settings record, from the model by which it is read; descriptions come from its
 * Javadoc. For editors: ranges that involve several keys are only checked by reading.
 */
final class SettingsSchema {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final ObjectNode definitions = NODES.objectNode();

  private final Examples examples;

  private SettingsSchema(Examples examples) {
    this.examples = examples;
  }

  /**
   * The schema.
   *
   * @param type the settings
   * @param name of the command whose configuration they are
   * @param examples values that configurations have
   */
  static ObjectNode of(Class<? extends Record> type, String name, Examples examples) {
    SettingsSchema schema = new SettingsSchema(examples);
    ObjectNode root = NODES.objectNode();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("$id", "urn:espalier:configuration:" + name);
    root.put("title", "Configuration of espalier " + name);
    root.setAll(schema.mapping((TypeModel.Mapping) TypeModel.of(type)));
    root.set("$defs", schema.definitions);
    return root;
  }

  private ObjectNode schema(TypeModel model) {
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
      node.put("type", "array").set("items", schema(sequence.element()));
      return node;
    } else if (model instanceof TypeModel.Dictionary dictionary) {
      node.put("type", "object").set("additionalProperties", schema(dictionary.value()));
      return node;
    } else if (model instanceof TypeModel.Words words) {
      words.constants().keySet().forEach(node.putArray("enum")::add);
      return node;
    }
    if (model instanceof TypeModel.Ranged ranged) {
      boolean whole = ranged.scalar() != TypeModel.Scalar.DOUBLE;
      node.put("type", whole ? "integer" : "number");
      bounds(node, ranged.range(), whole);
      return node;
    }
    switch ((TypeModel.Scalar) model) {
      case INT ->
          node.put("type", "integer")
              .put("minimum", Integer.MIN_VALUE)
              .put("maximum", Integer.MAX_VALUE);
      case LONG ->
          node.put("type", "integer").put("minimum", Long.MIN_VALUE).put("maximum", Long.MAX_VALUE);
      case DOUBLE -> node.put("type", "number");
      case BOOLEAN -> node.put("type", "boolean");
      case TEXT -> node.putArray("type").add("string").add("number").add("boolean");
    }
    return node;
  }

  private static void bounds(ObjectNode node, Interval range, boolean whole) {
    bound(node, range.fromExcluded() ? "exclusiveMinimum" : "minimum", range.from(), whole);
    bound(node, range.toExcluded() ? "exclusiveMaximum" : "maximum", range.to(), whole);
  }

  private static void bound(ObjectNode node, String key, double value, boolean whole) {
    if (Double.isFinite(value)) {
      node.set(key, whole ? NODES.numberNode((long) value) : NODES.numberNode(value));
    }
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
    Map<String, String> tags = tags(model);
    ObjectNode node = NODES.objectNode();
    node.put("type", "object");
    node.put("description", tags.get(""));
    node.put("additionalProperties", false);
    ObjectNode properties = node.putObject("properties");
    ArrayNode required = node.putArray("required");
    alternatives(node, model.alternatives());
    Map<String, Object> defaults = Defaults.of(model);
    model
        .keys()
        .forEach(
            (key, inner) -> {
              ObjectNode property = schema(inner);
              ChosenSection.Kind section = model.sections().get(key);
              property.put(
                  "description",
                  section == null ? tags.getOrDefault(key, "") : section.description());
              if (model.required().containsKey(key)) {
                required.add(key);
              } else if (defaults.containsKey(key)) {
                JsonNode value =
                    new ObjectMapper()
                        .registerModule(SealedTypes.module())
                        .valueToTree(defaults.get(key));
                property.set("default", value);
              }
              List<JsonNode> values = examples.of(model, key);
              if (!values.isEmpty()) {
                property.putArray("examples").addAll(values);
              }
              properties.set(key, property);
            });
    return node;
  }

  /** With those of the records whose keys stand among the record's own. */
  private static Map<String, String> tags(TypeModel.Mapping model) {
    Map<String, String> tags = new LinkedHashMap<>();
    model.inlined().values().forEach(inner -> tags.putAll(tags(inner)));
    tags.putAll(JavadocTags.of(model.type()));
    return tags;
  }

  /** One group of alternatives stands in the mapping itself, several below {@code allOf}. */
  private static void alternatives(ObjectNode node, List<TypeModel.Alternatives> groups) {
    ArrayNode all = groups.size() > 1 ? node.putArray("allOf") : NODES.arrayNode();
    for (TypeModel.Alternatives group : groups) {
      ObjectNode place = groups.size() > 1 ? all.addObject() : node;
      ArrayNode options = place.putArray(group.exclusive() ? "oneOf" : "anyOf");
      group.keys().forEach(key -> options.addObject().putArray("required").add(key));
    }
  }
}
