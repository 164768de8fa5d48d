package org.espalier.search;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.espalier.report.Section;
import org.espalier.storage.Bytes;

/**
 * What a search hands over beside or in place of networks: a policy, meta-weights, a compressed
 * model. Runs keep it in a folder of its own.
 *
 * @param kind what it is, which says how its files are read, for example {@code "policy"}
 * @param name what people call it, different for each artefact of a result: lower-case letters,
 *     digits and hyphens
 * @param version of the form of its files, at least 1
 * @param files contents by name, at least one; names are letters, digits, dots, hyphens and
 *     underscores
 * @param sections what the report says of it
 */
public record Artefact(
    String kind, String name, int version, Map<String, Bytes> files, List<Section> sections) {
  /** The file in each artefact's folder that says what the others are. */
  public static final String DESCRIPTION = "artefact.json";

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");
  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");

  public Artefact {
    Objects.requireNonNull(kind, "kind");
    files = Collections.unmodifiableMap(new TreeMap<>(files));
    sections = List.copyOf(sections);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name must be lower-case letters, digits and hyphens, got '%s'".formatted(name));
    }
    if (version < 1) {
      throw new IllegalArgumentException("version must be at least 1, got " + version);
    }
    if (files.isEmpty()) {
      throw new IllegalArgumentException("artefact '%s' has no files".formatted(name));
    }
    for (String file : files.keySet()) {
      if (!FILE.matcher(file).matches() || file.equals(DESCRIPTION) || file.equals("MANIFEST")) {
        throw new IllegalArgumentException(
            "artefact '%s' cannot have a file named '%s'".formatted(name, file));
      }
    }
  }
}
