package org.espalier.data.format;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
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

  private static final Set<String> TRAIN = Set.of("train", "training");
  private static final Set<String> VALIDATION = Set.of("val", "valid", "validation");
  private static final Set<String> TEST = Set.of("test", "testing");

  /**
   * Finds the parts.
   *
   * @param root of the data set
   * @throws DataException if parts are mixed with other folders, or have not the same classes
   */
  static FolderParts of(DataPath root, FolderListing listing) {
    List<DataPath> top = listing.folders(root, CLASSES);
    Optional<DataPath> train = named(TRAIN, top);
    Optional<DataPath> validation = named(VALIDATION, top);
    Optional<DataPath> test = named(TEST, top);
    List<DataPath> parts = Stream.of(train, validation, test).flatMap(Optional::stream).toList();
    // Folders of pictures are classes, whatever their names.
    if (parts.stream().noneMatch(FolderListing::holdsFolders)) {
      if (parts.size() == top.size() && parts.size() > 1) {
        throw new DataException(parts.get(0).toString(), "has no folders; expected " + CLASSES);
      }
      return new FolderParts(top, List.of(), List.of());
    }
    for (DataPath folder : top) {
      if (!parts.contains(folder)) {
        throw new DataException(
            folder.toString(),
            "lies beside %s, which is a part of the data; %s"
                .formatted(parts.get(0).name(), LAYOUT));
      }
    }
    if (train.isEmpty() || parts.size() == 1) {
      throw new DataException(
          root.toString(),
          "has only %s; %s"
              .formatted(String.join(", ", top.stream().map(DataPath::name).toList()), LAYOUT));
    }
    List<DataPath> classes = listing.folders(train.get(), CLASSES);
    return new FolderParts(
        classes, classes(validation, classes, listing), classes(test, classes, listing));
  }

  private static Optional<DataPath> named(Set<String> names, List<DataPath> folders) {
    return folders.stream()
        .filter(folder -> names.contains(folder.name().toLowerCase(Locale.ROOT)))
        .findFirst();
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
