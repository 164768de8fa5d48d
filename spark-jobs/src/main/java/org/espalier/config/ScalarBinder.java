package org.espalier.config;

import java.util.regex.Pattern;
import org.espalier.text.Suggestion;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Binds single values. */
final class ScalarBinder {
  private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9][0-9_]*");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?([0-9][0-9_]*\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?");

  /** By {@code \0} in quotes; systems take it for the end of a file's name. */
  private static final char NUL = 0;

  private ScalarBinder() {}

  static Object bind(ConfigSource source, Node node, TypeModel model, String path) {
    if (!(node instanceof ScalarNode scalar)) {
      throw new ConfigException(problem(source, node, path, "expected " + expected(model)));
    }
    boolean plain = scalar.getScalarStyle() == DumperOptions.ScalarStyle.PLAIN;
    if (plain && scalar.getTag().equals(Tag.NULL)) {
      throw new ConfigException(
          problem(source, node, path, "has no value, expected " + expected(model)));
    }
    if (scalar.getValue().indexOf(NUL) >= 0) {
      throw new ConfigException(
          problem(source, node, path, "holds a NUL character, which no name has"));
    }
    // A word in quotes is the same word, and JSON has no other; a number in quotes is a text.
    boolean word = model == TypeModel.Scalar.TEXT || model instanceof TypeModel.Words;
    Object value = word || plain ? convert(scalar, model) : null;
    if (value == null) {
      throw new ConfigException(problem(source, node, path, wrong(scalar, model)));
    }
    return value;
  }

  /** One line about a place in the file. */
  static String problem(ConfigSource source, Node node, String path, String problem) {
    String place =
        node.getStartMark() == null ? source.name() : YamlText.at(source, node.getStartMark());
    return place + ": " + (path.isEmpty() ? "" : path + ": ") + problem;
  }

  private static Object convert(ScalarNode node, TypeModel model) {
    String text = node.getValue();
    if (model instanceof TypeModel.Words words) {
      return words.constants().get(text);
    }
    try {
      return switch (scalar(model)) {
        case TEXT -> text;
        case BOOLEAN ->
            (text.equals("true") || text.equals("false")) ? Boolean.valueOf(text) : null;
        case INT -> WHOLE.matcher(text).matches() ? Integer.valueOf(digits(text)) : null;
        case LONG -> WHOLE.matcher(text).matches() ? Long.valueOf(digits(text)) : null;
        case DOUBLE -> NUMBER.matcher(text).matches() ? finite(digits(text)) : null;
      };
    } catch (NumberFormatException tooLarge) {
      return null;
    }
  }

  private static Double finite(String text) {
    double value = Double.parseDouble(text);
    return Double.isFinite(value) ? value : null;
  }

  private static String digits(String text) {
    return text.replace("_", "");
  }

  private static String wrong(ScalarNode node, TypeModel model) {
    String shown = Redaction.hides(node.getValue()) ? Redaction.HIDDEN : node.getValue();
    String text = "expected " + expected(model) + ", got '" + shown + "'";
    if (model instanceof TypeModel.Words words) {
      return Suggestion.closest(node.getValue(), words.constants().keySet())
          .map(close -> text + "; did you mean '" + close + "'?")
          .orElse(text);
    }
    return text;
  }

  private static String expected(TypeModel model) {
    if (model instanceof TypeModel.Words words) {
      return "one of " + String.join(", ", words.constants().keySet());
    }
    TypeModel.Scalar scalar = scalar(model);
    if (model instanceof TypeModel.Ranged ranged) {
      boolean whole = scalar != TypeModel.Scalar.DOUBLE;
      return scalar.description() + " " + ranged.range().describe(whole);
    }
    String range =
        scalar == TypeModel.Scalar.INT
            ? " from -2147483648 to 2147483647"
            : scalar == TypeModel.Scalar.LONG ? " of at most 64 bits" : "";
    return scalar.description() + range;
  }

  private static TypeModel.Scalar scalar(TypeModel model) {
    return model instanceof TypeModel.Ranged ranged ? ranged.scalar() : (TypeModel.Scalar) model;
  }
}
