package org.espalier.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what the Javadoc of a record in this project's sources says of its components. */
final class JavadocTags {
  private static final List<Path> ROOTS =
      List.of(
          Path.of("src/main/java"),
          Path.of("src/test/java"),
          Path.of("../multitask-meta/src/main/java"),
          Path.of("../dl4j-models/src/main/java"));

  private JavadocTags() {}

  /** Text of each {@code @param}, by name; the first paragraph under the empty name. */
  static Map<String, String> of(Class<?> type) {
    Map<String, String> tags = new LinkedHashMap<>();
    String comment = comment(source(type), type.getSimpleName());
    String[] parts = comment.split("\\s@param\\s+", -1);
    tags.put("", plain(parts[0].split("<p>", -1)[0]));
    for (int i = 1; i < parts.length; i++) {
      String[] nameAndText = parts[i].split("\\s+", 2);
      tags.put(nameAndText[0], plain(nameAndText[1].split("\\s@", 2)[0]));
    }
    return tags;
  }

  private static String source(Class<?> type) {
    Class<?> outermost = type.getNestHost();
    String file = outermost.getName().replace('.', '/') + ".java";
    for (Path root : ROOTS) {
      if (Files.exists(root.resolve(file))) {
        try {
          return Files.readString(root.resolve(file));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    throw new IllegalArgumentException("no source of " + type);
  }

  private static String comment(String source, String name) {
    Matcher declaration = Pattern.compile("(?:record|interface) " + name + "\\b").matcher(source);
    if (!declaration.find()) {
      throw new IllegalArgumentException("no declaration of " + name);
    }
    int end = source.lastIndexOf("*/", declaration.start());
    int start = source.lastIndexOf("/**", end);
    String between =
        end < 0
            ? ";"
            : source.substring(end, declaration.start()).replaceAll("@\\w+\\([^)]*\\)", "");
    return between.contains(";") || between.contains("}")
        ? ""
        : source.substring(start + 3, end).replaceAll("(?m)^\\s*\\* ?", "");
  }

  private static String plain(String text) {
    return text.replaceAll("\\{@(?:code|link) +#?([^}]*)}", "$1")
        .replaceAll("<[^>]+>", "")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
