package org.espalier.run;

import java.util.Locale;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The checkpoints of a run: the newest three, each complete or not counted. */
final class Checkpoints {
  static final String FOLDER = "checkpoints";

  private static final int KEPT = 3;

  private final RunFiles files;

  Checkpoints(RunFiles files) {
    this.files = files;
  }

  /**
   * Writes a checkpoint and forgets the ones too old to keep.
   *
   * @param beforeManifest called when all files are there, before the checkpoint counts; may throw
   */
  void write(Checkpoint checkpoint, Runnable beforeManifest) throws IOException {
    String folder = folder(checkpoint.number());
    files.delete(folder);
    for (Map.Entry<String, byte[]> file : checkpoint.files().entrySet()) {
      files.write(folder + "/" + file.getKey(), file.getValue());
    }
    beforeManifest.run();
    if (!files.create(folder + "/" + Manifest.NAME, Manifest.of(checkpoint.files()))) {
      throw new IOException("somebody else wrote " + folder);
    }
    List<Integer> numbers = numbers();
    for (int number : numbers.subList(0, Math.max(0, numbers.size() - KEPT))) {
      files.delete(folder(number));
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
      Manifest.Verdict verdict = Manifest.verify(files, folder(number));
      if (verdict.files().isPresent()) {
        return Optional.of(new Checkpoint(number, verdict.files().get()));
      }
      notes.accept(String.format(Locale.ROOT, "left out checkpoint %06d: %s", number, verdict.reason()));
      if (verdict.finished()) {
        damaged.add(String.format(Locale.ROOT, "%06d: %s", number, verdict.reason()));
      } else {
        files.delete(folder(number));
      }
    }
    if (damaged.isEmpty()) {
      return Optional.empty();
    }
    throw new RunRefusedException(
        ("no checkpoint of the run at %s can be used (%s); nothing was removed: restore one from a"
                + " copy, or give --fresh to begin anew")
            .formatted(files.root(), String.join("; ", damaged)));
  }

  private List<Integer> numbers() throws IOException {
    return files.list(FOLDER).stream()
        .filter(name -> name.matches("[0-9]{6,9}"))
        .map(Integer::valueOf)
        .sorted()
        .toList();
  }

  private static String folder(int number) {
    return FOLDER + String.format(Locale.ROOT, "/%06d", number);
  }
}
