package org.espalier.tensor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A native library does not load, mostly for the place from which it is loaded. */
public final class NativeLibraryException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final Path MOUNTS = Path.of("/proc/mounts");
  private static final long LITTLE = 64L << 20;

  private NativeLibraryException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Says why a library does not load.
   *
   * @param library its name for people
   * @param folder where it is unpacked and loaded from
   * @param remedy how another folder is given
   * @param cause what loading it ended with
   */
  public static NativeLibraryException of(
      String library, Path folder, String remedy, Throwable cause) {
    return new NativeLibraryException(
        "%s does not load from %s: %s; %s"
            .formatted(library, folder, why(folder).orElseGet(() -> root(cause)), remedy),
        cause);
  }

  /** What is wrong with a folder that native libraries are to be loaded from, if anything is. */
  public static Optional<String> why(Path folder) {
    Path there = folder.toAbsolutePath();
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    try {
      if (!Files.isDirectory(there) || !Files.isWritable(there)) {
        return Optional.of("%s is no folder that can be written to".formatted(there));
      }
      if (noexec(there.toRealPath())) {
        return Optional.of(
            "its disk is mounted noexec, so that nothing can be loaded from there as code");
      }
      long free = Files.getFileStore(there).getUsableSpace();
      return free < LITTLE
          ? Optional.of("its disk has only %s MB free".formatted(free >> 20))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.of("it cannot be looked at: " + e.getMessage());
    }
  }

  /** Whether Linux has the disk under a folder mounted without the right to execute. */
  private static boolean noexec(Path folder) throws IOException {
    if (!Files.isReadable(MOUNTS)) {
      return false;
    }
    // Bytes as they are: mount points may be in any encoding.
    List<String> lines = Files.readAllLines(MOUNTS, StandardCharsets.ISO_8859_1);
    return noexec(folder, lines);
  }

  /** Reads {@code /proc/mounts}; of several mounts at a place the last one counts. */
  static boolean noexec(Path folder, List<String> mounts) {
    return mounts.stream()
        .map(line -> line.split(" ", -1))
        .filter(fields -> fields.length > 3 && folder.startsWith(point(fields[1])))
        .reduce(
            (a, b) ->
                Comparator.<String[]>comparingInt(fields -> point(fields[1]).getNameCount())
                            .compare(a, b)
                        > 0
                    ? a
                    : b)
        .filter(fields -> List.of(fields[3].split(",", -1)).contains("noexec"))
        .isPresent();
  }

  private static Path point(String field) {
    return Path.of(field.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\"));
  }

  private static String root(Throwable problem) {
    Throwable root = problem;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }
}
