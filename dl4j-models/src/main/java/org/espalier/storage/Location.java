package org.espalier.storage;

import java.io.File;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/**
 * A file or folder as a person names it: a URI of any Hadoop file system, or else a path of the
 * local one, whatever Hadoop's default file system is.
 */
public final class Location {
  /** Two letters at least, as one would be a drive. */
  private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

  private Location() {}

  /** Whether a place has a scheme. */
  public static boolean isUri(String place) {
    return URI.matcher(place).matches();
  }

  /**
   * A place for Hadoop.
   *
   * @throws IllegalArgumentException if it is empty, or neither a URI nor a path
   */
  public static Path path(String place) {
    if (place.isBlank()) {
      throw new IllegalArgumentException("an empty text names no file or folder");
    }
    return isUri(place) ? new Path(place) : new Path("file", null, absolute(place));
  }

  /** By the bytes of the working folder's path, which not every locale's characters can hold. */
  private static String absolute(String place) {
    return new File(place).isAbsolute()
        ? place
        : java.nio.file.Path.of("").toAbsolutePath().toUri().getPath() + "/" + place;
  }
}
