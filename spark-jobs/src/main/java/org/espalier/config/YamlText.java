package org.espalier.config;

import java.io.StringReader;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Turns YAML text into a tree of nodes that know their line and column, within limits. An alias is
 * the node of its anchor.
 */
final class YamlText {
  private static final int DEEPEST = 32;

  /** Most values that a file may have when every alias is replaced by what it stands for. */
  private static final long MOST_VALUES = 100_000;

  private static final long BEING_COUNTED = -1;

  private YamlText() {}

  /** The mapping at the top of the only document. */
  static MappingNode parse(ConfigSource source) {
    Yaml yaml = new Yaml(new SafeConstructor(limits()));
    try {
      Node root = yaml.compose(new StringReader(source.text()));
      if (root == null) {
        throw new ConfigException(source.name() + ":1:1: the file is empty, expected keys");
      }
      if (!(root instanceof MappingNode mapping)) {
        throw new ConfigException(
            at(source, root.getStartMark()) + ": expected a mapping of keys to values");
      }
      long unused = values(root, new IdentityHashMap<>(), source);
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
    // Their number says nothing: how much they stand for is counted below.
    options.setMaxAliasesForCollections(Integer.MAX_VALUE);
    return options;
  }

  /**
   * Counts values with what aliases stand for, each node once: an alias inside an alias inside an
   * alias is how a small file becomes a large tree.
   */
  private static long values(Node node, Map<Node, Long> known, ConfigSource source) {
    Long counted = known.get(node);
    if (counted != null) {
      if (counted == BEING_COUNTED) {
        throw new ConfigException(
            at(source, node.getStartMark()) + ": an alias stands for something that contains it");
      }
      return counted;
    }
    known.put(node, BEING_COUNTED);
    long values = 1;
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        values += values(tuple.getKeyNode(), known, source);
        values += values(tuple.getValueNode(), known, source);
      }
    } else if (node instanceof SequenceNode sequence) {
      for (Node element : sequence.getValue()) {
        values += values(element, known, source);
      }
    }
    if (values > MOST_VALUES) {
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "%s: aliases make more than %,d values of this; a configuration has at most as many",
              at(source, node.getStartMark()),
              MOST_VALUES));
    }
    known.put(node, values);
    return values;
  }
}
