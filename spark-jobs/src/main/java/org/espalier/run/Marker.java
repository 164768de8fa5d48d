package org.espalier.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The file by which a folder is known as a run. Its text is always the same and long enough that
 * nobody else writes it.
 */
final class Marker {
  static final String NAME = Ledger.FOLDER + "/ESPALIER";

  private static final String FILE = NAME.substring(Ledger.FOLDER.length() + 1);
  private static final String TEXT =
      """
      This folder is a run of Espalier, layout 1.
      The files beside this one list what the program wrote into the run, with sizes and SHA-256.
      Whatever else is in the folder, or was changed since, is never removed or replaced.
      """;

  private Marker() {}

  /** Whether a folder is a run. */
  static boolean isThere(RunFiles files) throws IOException {
    return text(files).filter(TEXT::equals).isPresent();
  }

  /** Whether the marker was being written when its writer was killed, so there is nothing else. */
  static boolean isCutOff(RunFiles files) throws IOException {
    Set<String> begun = Set.of(FILE, FILE + RunFiles.UNFINISHED);
    List<String> names = files.list(Ledger.FOLDER);
    return begun.containsAll(names) && text(files).map(TEXT::startsWith).orElse(true);
  }

  /** Makes a folder a run. */
  static void write(RunFiles files) throws IOException {
    if (!isThere(files)) {
      files.write(NAME, Manifest.utf8(TEXT));
    }
  }

  private static Optional<String> text(RunFiles files) throws IOException {
    return files.read(NAME).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }
}
