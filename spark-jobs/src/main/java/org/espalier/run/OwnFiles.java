package org.espalier.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The files of a run that the program wrote: only those are ever removed or replaced. What stands
 * in the way of one and is not the program's, or was changed since, is kept under another name.
 *
 * <p>Only the holder of the lease may change files.
 */
final class OwnFiles {
  private static final String KEPT = ".kept";

  private final RunFiles files;
  private final Consumer<String> notes;
  private final Map<String, RunFiles.Stamp> stamps = new HashMap<>();
  private Ledger ledger;

  private OwnFiles(RunFiles files, Ledger ledger, Consumer<String> notes) {
    this.files = files;
    this.ledger = ledger;
    this.notes = notes;
  }

  /**
   * The own files of a run, without what a killed writer left half written.
   *
   * @param notes told of what is kept under another name
   */
  static OwnFiles open(RunFiles files, Consumer<String> notes) throws IOException {
    OwnFiles own = new OwnFiles(files, Ledger.read(files, notes), notes);
    own.settle();
    return own;
  }

  /** The files of the run, for reading. */
  RunFiles files() {
    return files;
  }

  /** What a file's bytes were when it was written, if it was. */
  Optional<FileMark> mark(String name) {
    return ledger.of(name);
  }

  /** The marks of all files in a folder, by name. */
  Map<String, FileMark> marks(String folder) {
    Map<String, FileMark> marks = new TreeMap<>(ledger.whole());
    marks.putAll(ledger.begun());
    marks.keySet().removeIf(name -> !below(name, folder));
    return marks;
  }

  /** Whether a file is there as the program wrote it. */
  boolean isOwn(String name) throws IOException {
    Optional<FileMark> mark = ledger.of(name);
    if (mark.isEmpty()) {
      return false;
    }
    Optional<RunFiles.Stamp> now = files.stamp(name);
    if (now.isEmpty() || now.get().isFolder() || now.get().bytes() != mark.get().bytes()) {
      return false;
    }
    return now.get().equals(stamps.get(name)) || holds(name, mark.get());
  }

  /**
   * Writes files that belong together, in this order. Each replaces an own one of its name.
   *
   * @param beforeLast called when all but the last are there; may throw
   */
  void write(Map<String, byte[]> contents, Check beforeLast) throws IOException {
    Map<String, FileMark> marks = new LinkedHashMap<>();
    for (Map.Entry<String, byte[]> file : contents.entrySet()) {
      makeRoom(file.getKey(), isBeginning(file.getKey(), file.getValue()));
      marks.put(file.getKey(), FileMark.of(file.getValue()));
    }
    begin(marks);
    List<String> names = new ArrayList<>(contents.keySet());
    String last = names.remove(names.size() - 1);
    if (files.exists(last)) {
      files.delete(last);
    }
    for (String name : names) {
      files.replace(name, contents.get(name));
      stamp(name);
    }
    beforeLast.run();
    if (!files.writeOnce(last, contents.get(last))) {
      throw new IOException("somebody else wrote " + last);
    }
    stamp(last);
  }

  /** Writes a file whose readers see the own one before it, or all of this. */
  void replace(String name, byte[] content) throws IOException {
    makeRoom(name, isBeginning(name, content));
    begin(Map.of(name, FileMark.of(content)));
    files.replace(name, content);
    stamp(name);
  }

  /** Writes a large file, unless it is there. */
  void write(String name, FileContent content) throws IOException {
    FileMark mark = FileMark.of(content);
    if (ledger.of(name).filter(mark::equals).isPresent() && isOwn(name)) {
      return;
    }
    makeRoom(name, false);
    begin(Map.of(name, mark));
    files.write(name, content);
    stamp(name);
  }

  /**
   * Removes a file, or what is own in a folder, and folders that are empty then.
   *
   * @param name empty for all of the run
   */
  void delete(String name) throws IOException {
    Map<String, FileMark> whole = new TreeMap<>(ledger.whole());
    whole.putAll(ledger.begun());
    for (String each : List.copyOf(whole.keySet())) {
      if (below(each, name)) {
        if (isOwn(each)) {
          files.delete(each);
          deleteEmpty(parent(each));
        }
        whole.remove(each);
        stamps.remove(each);
      }
    }
    ledger = new Ledger(whole, Map.of());
  }

  /** Removes a file if it is own, else keeps it under another name. */
  void clear(String name) throws IOException {
    delete(name);
    keep(name);
  }

  // What a killed writer left unfinished went when the files were opened.
  private void makeRoom(String name, boolean worthless) throws IOException {
    if (!worthless && !isOwn(name)) {
      keep(name);
    }
    if (files.local()) {
      keep(name + RunFiles.UNFINISHED);
    }
  }

  /** Gives a file or folder another name, if it is there and not empty. */
  private void keep(String name) throws IOException {
    Optional<RunFiles.Stamp> there = files.stamp(name);
    if (there.isEmpty()) {
      return;
    }
    if (there.get().bytes() == 0 && !there.get().isFolder()) {
      files.delete(name); // nothing is lost
      return;
    }
    String kept = name + KEPT;
    for (int copy = 2; files.exists(kept); copy++) {
      kept = name + KEPT + "-" + copy;
    }
    files.rename(name, kept);
    notes.accept("%s is not as this run wrote it; kept it as %s".formatted(name, kept));
  }

  private boolean holds(String name, FileMark mark) {
    try {
      return files.mark(name).equals(mark);
    } catch (IOException unreadable) {
      return false;
    }
  }

  private void begin(Map<String, FileMark> marks) throws IOException {
    Map<String, FileMark> whole = new TreeMap<>(ledger.whole());
    whole.putAll(ledger.begun());
    ledger = new Ledger(whole, marks);
    ledger.write(files);
  }

  // After a kill: what was begun counts as written if it is whole, and goes if it was cut off.
  private void settle() throws IOException {
    Map<String, FileMark> whole = new TreeMap<>(ledger.whole());
    String last = null;
    for (String name : ledger.begun().keySet()) {
      last = name;
    }
    boolean finished = last == null || isOwn(last);
    for (Map.Entry<String, FileMark> begun : ledger.begun().entrySet()) {
      String name = begun.getKey();
      long most = begun.getValue().bytes();
      if (!finished && !files.local() && !isOwn(name)) {
        deleteCutOff(name, most - 1);
      }
      if (!finished || holds(name + RunFiles.UNFINISHED, begun.getValue())) {
        deleteCutOff(name + RunFiles.UNFINISHED, most);
      }
      if (finished || isOwn(name)) {
        whole.put(name, begun.getValue());
      }
    }
    ledger = new Ledger(whole, Map.of());
  }

  private void deleteCutOff(String name, long most) throws IOException {
    Optional<RunFiles.Stamp> there = files.stamp(name);
    if (there.isPresent() && !there.get().isFolder() && there.get().bytes() <= most) {
      files.delete(name);
      deleteEmpty(parent(name));
    }
  }

  /** Whether what is there is the beginning of what is to be written, so that nothing is lost. */
  private boolean isBeginning(String name, byte[] content) throws IOException {
    Optional<RunFiles.Stamp> there = files.stamp(name);
    if (there.isEmpty() || there.get().isFolder() || there.get().bytes() > content.length) {
      return false;
    }
    byte[] bytes = files.read(name).orElseThrow();
    return Arrays.equals(bytes, 0, bytes.length, content, 0, bytes.length);
  }

  private void deleteEmpty(String folder) throws IOException {
    for (String each = folder; !each.isEmpty(); each = parent(each)) {
      if (!files.list(each).isEmpty()) {
        return;
      }
      files.delete(each);
    }
  }

  private void stamp(String name) throws IOException {
    files.stamp(name).ifPresent(now -> stamps.put(name, now));
  }

  private static boolean below(String name, String folder) {
    return folder.isEmpty() || name.equals(folder) || name.startsWith(folder + "/");
  }

  private static String parent(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('/')));
  }

  /** A look at something that may end the writing. */
  @FunctionalInterface
  interface Check {
    void run() throws IOException;
  }
}
