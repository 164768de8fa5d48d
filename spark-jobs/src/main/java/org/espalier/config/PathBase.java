package org.espalier.config;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.espalier.storage.Location;

/**
 * The folder from which the relative paths of a configuration are meant: where its run was begun. A
 * run's {@code config.yaml} says it in a comment, so that it means the same from any folder.
 *
 * @param folder absolute; empty if it is not known, which means the current one
 */
public record PathBase(Optional<Path> folder) {
  private static final String LINE = "# Relative paths are meant from: ";

  /** The current folder. */
  public static PathBase here() {
    return new PathBase(Optional.of(Path.of("").toAbsolutePath()));
  }

  /** What a run's {@code config.yaml} says. */
  public static PathBase of(String config) {
    return new PathBase(
        config
            .lines()
            .filter(line -> line.startsWith(LINE))
            .findFirst()
            .map(line -> folder(line.substring(LINE.length()))));
  }

  private static Path folder(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException unmappable) {
      throw new ConfigException(
          "the run was begun in '%s', a name that this locale has no characters for; set LC_ALL=C.UTF-8"
              .formatted(name));
    }
  }

  /** The comment, a line, or nothing if the folder is not known. */
  public String line() {
    return folder.map(each -> LINE + each + "\n").orElse("");
  }

  /**
   * A place as it is meant. One that is not there is looked for from the current folder, as run and
   * data may have moved together.
   */
  String resolve(String place) {
    if (place.isBlank() || Location.isUri(place) || new File(place).isAbsolute()) {
      return place;
    }
    try {
      Path meant = folder.orElse(Path.of("")).resolve(place).toAbsolutePath().normalize();
      Path here = Path.of(place).toAbsolutePath().normalize();
      return (Files.exists(meant) || !Files.exists(here) ? meant : here).toString();
    } catch (InvalidPathException unmappable) {
      // A name that the locale has no characters for is found by its bytes when it is read.
      return folder.map(each -> each + "/" + place).orElse(place);
    }
  }
}
