package org.espalier.config;

import java.io.StringReader;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Turns YAML text into a tree of nodes that know their line and column, within limits. */
final class YamlText {
  private static final int DEEPEST = 32;

  private YamlText() {}

  /** The mapping at the top of the only document. */
  static MappingNode parse(ConfigSource source) {
    Yaml yaml = new Yaml(new SafeConstructor(limits()));
    try {
      refuseAliases(yaml, source);
      Node root = yaml.compose(new StringReader(source.text()));
      if (root == null) {
        throw new ConfigException(source.name() + ":1:1: the file is empty, expected keys");
      }
      if (!(root instanceof MappingNode mapping)) {
        throw new ConfigException(
            at(source, root.getStartMark()) + ": expected a mapping of keys to values");
      }
      return mapping;
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
      throw new ConfigException(
          (mark == null ? source.name() : at(source, mark))
              + ": not valid YAML: "
              + e.getProblem());
    } catch (YAMLException e) {
      throw new ConfigException(source.name() + ": not valid YAML: " + e.getMessage());
    }
  }

  /** {@code file:line:column}, counted from 1. */
  static String at(ConfigSource source, Mark mark) {
    return source.name() + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
  }

  private static LoaderOptions limits() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(ConfigSource.LARGEST);
    options.setNestingDepthLimit(DEEPEST);
    options.setAllowRecursiveKeys(false);
    return options;
  }

  // An alias inside an alias inside an alias is how a small file becomes a large tree.
  private static void refuseAliases(Yaml yaml, ConfigSource source) {
    for (Event event : yaml.parse(new StringReader(source.text()))) {
      if (event instanceof AliasEvent alias) {
        throw new ConfigException(
            "%s: aliases are not allowed, write the value of *%s again"
                .formatted(at(source, event.getStartMark()), alias.getAnchor()));
      }
    }
  }
}
