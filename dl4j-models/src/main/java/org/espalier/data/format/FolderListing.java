package org.espalier.data.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.espalier.data.DataException;

/**
 * Lists folders of pictures so that nothing is left out in silence: what no reader of pictures
 * would take is passed over and counted, what looks like a picture is given or refused by its name.
 */
final class FolderListing {
  /** Folders that systems and stores lay beside people's own. */
  private static final Set<String> SYSTEM =
      Set.of("__macosx", "@eadir", "lost+found", "system volume information", "$recycle.bin");

  private final PassedOver passedOver;

  FolderListing(PassedOver passedOver) {
    this.passedOver = passedOver;
  }

  /** The folders inside a folder that holds nothing else of use, at least one. */
  List<DataPath> folders(DataPath folder, String expected) {
    List<DataPath> folders = new ArrayList<>();
    List<DataPath> pictures = new ArrayList<>();
    for (DataPath entry : visible(folder)) {
      if (entry.isFolder()) {
        folders.add(entry);
      } else if (isPicture(entry)) {
        pictures.add(entry);
      } else {
        passedOver.add(entry.toString());
      }
    }
    if (folders.isEmpty()) {
      throw new DataException(
          folder.toString(), "has no folders; expected " + expected + hint(pictures));
    }
    if (!pictures.isEmpty()) {
      throw new DataException(
          pictures.get(0).toString(),
          "lies beside folders%s; expected pictures only inside of class folders"
              .formatted(others(pictures)));
    }
    return folders;
  }

  /** The pictures of a class, at least one. */
  List<DataPath> pictures(DataPath folder) {
    List<DataPath> pictures = new ArrayList<>();
    for (DataPath entry : visible(folder)) {
      if (entry.isFolder()) {
        throw new DataException(
            entry.toString(), "is a folder; expected only pictures in the folder of a class");
      }
      if (isPicture(entry)) {
        pictures.add(entry);
      } else {
        passedOver.add(entry.toString());
      }
    }
    if (pictures.isEmpty()) {
      throw new DataException(folder.toString(), "empty class; expected at least one picture");
    }
    return pictures;
  }

  /**
   * Files and folders whose names do not hide them.
   *
   * @throws DataException if one is a link to nothing, or neither file nor folder
   */
  List<DataPath> visible(DataPath folder) {
    List<DataPath> visible = new ArrayList<>();
    List<DataPath> dead = new ArrayList<>();
    for (DataPath entry : folder.entries()) {
      if (isHidden(entry.name())) {
        passedOver.add(entry.toString());
        continue;
      }
      switch (entry.kind()) {
        case FILE, FOLDER -> visible.add(entry);
        case OTHER -> throw new DataException(entry.toString(), "is neither a file nor a folder");
        default -> dead.add(entry);
      }
    }
    if (!dead.isEmpty()) {
      throw new DataException(
          dead.get(0).toString(),
          "is a link to nothing%s; expected a file (fetch what DVC or git-annex keep elsewhere, or"
                  .formatted(others(dead))
              + " mount the disk)");
    }
    return visible;
  }

  /** Whether the folder holds folders that are not hidden. */
  static boolean holdsFolders(DataPath folder) {
    return folder.entries().stream().anyMatch(entry -> !isHidden(entry.name()) && entry.isFolder());
  }

  private static boolean isHidden(String name) {
    return name.startsWith(".") || SYSTEM.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Whether a file is meant as a picture, by its name or its first bytes. */
  static boolean isPicture(DataPath file) {
    if (PictureSigns.name(file.name())) {
      return true;
    }
    try (InputStream in = file.open()) {
      return PictureSigns.begin(in.readNBytes(PictureSigns.BYTES));
    } catch (IOException failure) {
      throw new DataException(file.toString(), "cannot be read: " + failure.getMessage(), failure);
    }
  }

  private static String hint(List<DataPath> pictures) {
    return pictures.isEmpty() ? "" : ", not pictures such as " + pictures.get(0).name();
  }

  private static String others(List<DataPath> entries) {
    return entries.size() == 1
        ? ""
        : String.format(Locale.ROOT, " (%,d more in this folder)", entries.size() - 1);
  }
}
