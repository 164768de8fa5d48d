package org.espalier.config;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Reads a settings record from YAML, strictly: an unknown or repeated key, a missing key, a wrong
 * type and a value out of range are errors with file, line, column, key and, where there is one, a
 * suggestion.
 */
public final class SettingsReader {
  private SettingsReader() {}

  /**
   * Reads settings.
   *
   * @param source the text
   * @param type the settings record
   * @throws ConfigException naming every problem found
   */
  public static <T extends Record> T read(ConfigSource source, Class<T> type) {
    return read(source, type, Map.of());
  }

  /** Keys at the top of a configuration, whatever they are. */
  public static Set<String> keys(ConfigSource source) {
    return YamlText.parse(source).getValue().stream()
        .map(NodeTuple::getKeyNode)
        .filter(ScalarNode.class::isInstance)
        .map(key -> ((ScalarNode) key).getValue())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Keys that settings may have at the top. */
  public static Set<String> knownKeys(Class<? extends Record> type) {
    return ((TypeModel.Mapping) TypeModel.of(type)).keys().keySet();
  }

  /**
   * Reads settings, some of which are given elsewhere.
   *
   * @param source the text
   * @param type the settings record
   * @param overrides values, as they would stand in the file, that replace those of keys at the top
   * @throws ConfigException naming every problem found
   */
  public static <T extends Record> T read(
      ConfigSource source, Class<T> type, Map<String, String> overrides) {
    return bind(source, type, new MappingBinder(source, overrides, place -> place));
  }

  /**
   * Reads settings whose relative paths are made absolute.
   *
   * @param source the text
   * @param type the settings record
   * @param overrides values, as they would stand in the file, that replace those of keys at the top
   * @param base from where relative paths are meant
   * @throws ConfigException naming every problem found
   */
  public static <T extends Record> T read(
      ConfigSource source, Class<T> type, Map<String, String> overrides, PathBase base) {
    return bind(source, type, new MappingBinder(source, overrides, base::resolve));
  }

  private static <T extends Record> T bind(
      ConfigSource source, Class<T> type, MappingBinder binder) {
    TypeModel.Mapping model = (TypeModel.Mapping) TypeModel.of(type);
    MappingNode root = YamlText.parse(source);
    return type.cast(binder.bind(root, model, "", Set.of()));
  }
}
