package org.espalier.data.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.espalier.data.DataException;

/**
 * The class folders of each part of a data set. Classes lie below {@code train}, {@code val} and
 * {@code test} where these are the only folders, as in most published sets; else a folder is a
 * class, and there are no parts.
 *
 * @param train class folders of what is learned from, or of all
 * @param validation class folders in the same order, or none
 * @param test class folders in the same order, or none
 */
record FolderParts(List<DataPath> train, List<DataPath> validation, List<DataPath> test) {
  private static final String CLASSES = "one folder a class";
  private static final String LAYOUT =
      "expected train with val, test or both and nothing beside them, or one folder a class";

  /** Parts with the names they go by. */
  private enum Part {
    TRAIN("train", "training"),
    VALIDATION("val", "valid", "validation"),
    TEST("test", "testing");

    private final Set<String> names;

    Part(String... names) {
      this.names = Set.of(names);
    }

    static Optional<Part> of(DataPath folder) {
      String name = folder.name().toLowerCase(Locale.ROOT);
      for (Part part : values()) {
        if (part.names.contains(name)) {
          return Optional.of(part);
        }
      }
      return Optional.empty();
    }
  }

  /**
   * Finds the parts.
   *
   * @param root of the data set
   * @throws DataException if parts are mixed with other folders, or have not the same classes
   */
  static FolderParts of(DataPath root, FolderListing listing) {
    List<DataPath> top = listing.folders(root, CLASSES);
    Map<Part, DataPath> parts = new LinkedHashMap<>();
    List<DataPath> others = new ArrayList<>();
    for (DataPath folder : top) {
      Optional<Part> part = Part.of(folder);
      if (part.isEmpty() || parts.putIfAbsent(part.get(), folder) != null) {
        others.add(folder);
      }
    }
    // Folders of pictures are classes, whatever their names.
    if (parts.isEmpty() || parts.values().stream().noneMatch(FolderListing::holdsFolders)) {
      if (others.isEmpty() && parts.size() > 1) {
        throw new DataException(
            parts.values().iterator().next().toString(), "has no folders; expected " + CLASSES);
      }
      return new FolderParts(top, List.of(), List.of());
    }
    if (!others.isEmpty()) {
      throw new DataException(
          others.get(0).toString(),
          "lies beside %s, which is a part of the data; %s"
              .formatted(parts.values().iterator().next().name(), LAYOUT));
    }
    if (!parts.containsKey(Part.TRAIN) || parts.size() == 1) {
      throw new DataException(
          root.toString(),
          "has only %s; %s"
              .formatted(String.join(", ", top.stream().map(DataPath::name).toList()), LAYOUT));
    }
    List<DataPath> train = listing.folders(parts.get(Part.TRAIN), CLASSES);
    return new FolderParts(
        train,
        classes(Optional.ofNullable(parts.get(Part.VALIDATION)), train, listing),
        classes(Optional.ofNullable(parts.get(Part.TEST)), train, listing));
  }

  private static List<DataPath> classes(
      Optional<DataPath> part, List<DataPath> train, FolderListing listing) {
    if (part.isEmpty()) {
      return List.of();
    }
    List<DataPath> classes = listing.folders(part.get(), CLASSES);
    Set<String> missing = names(train);
    missing.removeAll(names(classes));
    Set<String> unknown = names(classes);
    unknown.removeAll(names(train));
    if (!missing.isEmpty() || !unknown.isEmpty()) {
      throw new DataException(
          part.get().toString(),
          "has not the class folders of train: %s missing, %s more; expected the same classes"
              .formatted(missing, unknown));
    }
    return classes;
  }

  private static Set<String> names(List<DataPath> folders) {
    Set<String> names = new TreeSet<>();
    folders.forEach(folder -> names.add(folder.name()));
    return names;
  }
}
