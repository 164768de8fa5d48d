package org.espalier.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The checkpoints of a run: the newest three, each complete or not counted. */
final class Checkpoints {
  static final String FOLDER = "checkpoints";

  private static final int KEPT = 3;

  private final OwnFiles own;

  Checkpoints(OwnFiles own) {
    this.own = own;
  }

  /**
   * Writes a checkpoint and forgets the ones too old to keep.
   *
   * @param also other files that belong to it, by name
   * @param beforeManifest called when all files are there, before the checkpoint counts; may throw
   */
  void write(Checkpoint checkpoint, Map<String, byte[]> also, OwnFiles.Check beforeManifest)
      throws IOException {
    String folder = folder(checkpoint.number());
    own.delete(folder);
    Map<String, byte[]> contents = new LinkedHashMap<>(also);
    contents.putAll(Manifest.folder(folder, checkpoint.files()));
    own.write(contents, beforeManifest);
    List<Integer> numbers = numbers();
    for (int number : numbers.subList(0, Math.max(0, numbers.size() - KEPT))) {
      own.delete(folder(number));
    }
  }

  /**
   * The newest checkpoint that is complete. Newer ones that never were are removed; newer ones that
   * are damaged stay until they are written again.
   *
   * @param notes told about each one left out
   * @throws RunRefusedException if there were complete ones and none can be used
   */
  Optional<Checkpoint> newest(Consumer<String> notes) throws IOException {
    List<Integer> numbers = new ArrayList<>(numbers());
    Collections.reverse(numbers);
    List<String> damaged = new ArrayList<>();
    for (int number : numbers) {
      Manifest.Verdict verdict = Manifest.verify(own.files(), folder(number));
      if (verdict.files().isPresent()) {
        return Optional.of(new Checkpoint(number, verdict.files().get()));
      }
      notes.accept(
          String.format(Locale.ROOT, "left out checkpoint %06d: %s", number, verdict.reason()));
      if (verdict.finished()) {
        damaged.add(String.format(Locale.ROOT, "%06d: %s", number, verdict.reason()));
      } else {
        own.delete(folder(number));
      }
    }
    if (damaged.isEmpty()) {
      return Optional.empty();
    }
    throw new RunRefusedException(
        ("no checkpoint of the run at %s can be used (%s); nothing was removed: restore one from a"
                + " copy, or give --fresh to begin anew")
            .formatted(own.files().root(), String.join("; ", damaged)));
  }

  /** Whether there is any, complete or not. */
  static boolean begun(RunFiles files) throws IOException {
    return files.list(FOLDER).stream().anyMatch(Checkpoints::isNumber);
  }

  private List<Integer> numbers() throws IOException {
    return own.files().list(FOLDER).stream()
        .filter(Checkpoints::isNumber)
        .map(Integer::valueOf)
        .sorted()
        .toList();
  }

  private static boolean isNumber(String name) {
    return name.matches("[0-9]{6,9}");
  }

  private static String folder(int number) {
    return FOLDER + String.format(Locale.ROOT, "/%06d", number);
  }
}
