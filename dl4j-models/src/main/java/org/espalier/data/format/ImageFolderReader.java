package org.espalier.data.format;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.espalier.data.DataException;
import org.espalier.data.LabelledData;

/**
 * Reads pictures from one folder a class. If the folders are just {@code train} and {@code test},
 * the classes lie below each, and test is the official test part.
 */
final class ImageFolderReader {
  private static final int MOST_FILE_BYTES = 1 << 28;

  private final DatasetSettings.Folder settings;
  private final PictureDecoder decoder;

  ImageFolderReader(DatasetSettings.Folder settings) {
    this.settings = settings;
    this.decoder = new PictureDecoder(settings.channels(), settings.maxPixels());
  }

  LabelledData read(DataPath root) {
    root.requireFolder("a folder with one folder a class");
    List<DataPath> top = folders(root);
    boolean parted = top.stream().map(DataPath::name).toList().equals(List.of("test", "train"));
    DataPath training = parted ? top.get(1) : root;
    List<DataPath> classes = parted ? folders(training) : top;
    List<String> names = classes.stream().map(DataPath::name).toList();
    PictureCollector collector =
        new PictureCollector(settings.height(), settings.width(), settings.height() == 0);
    addAll(classes, collector);
    int pool = collector.size();
    if (parted) {
      List<DataPath> testClasses = folders(top.get(0));
      List<String> testNames = testClasses.stream().map(DataPath::name).toList();
      if (!testNames.equals(names)) {
        throw new DataException(
            top.get(0).toString(), "class folders %s; expected %s".formatted(testNames, names));
      }
      addAll(testClasses, collector);
    }
    int official = collector.size() - pool;
    return new LabelledData(collector.build(names), official);
  }

  private static List<DataPath> folders(DataPath root) {
    List<DataPath> folders = root.entries();
    for (DataPath entry : folders) {
      if (!entry.isFolder()) {
        throw new DataException(entry.toString(), "is a file; expected only class folders here");
      }
    }
    if (folders.isEmpty()) {
      throw new DataException(root.toString(), "has no folders; expected one folder a class");
    }
    return folders;
  }

  private void addAll(List<DataPath> classes, PictureCollector collector) {
    for (int label = 0; label < classes.size(); label++) {
      List<DataPath> files = classes.get(label).entries();
      if (files.isEmpty()) {
        throw new DataException(
            classes.get(label).toString(), "empty class; expected at least one picture");
      }
      for (DataPath file : files) {
        collector.add(file.toString(), label, decoder.decode(file.toString(), bytes(file)));
      }
    }
  }

  private static byte[] bytes(DataPath file) {
    String name = file.name().toLowerCase(Locale.ROOT);
    if (Stream.of(".png", ".jpg", ".jpeg", ".bmp").noneMatch(name::endsWith)) {
      throw new DataException(
          file.toString(), "expected only .png, .jpg, .jpeg and .bmp files in a class folder");
    }
    try (ByteReader reader = ByteReader.open(file)) {
      byte[] bytes = reader.readUpTo(MOST_FILE_BYTES);
      reader.expectEnd(MOST_FILE_BYTES + " bytes, the limit for a picture");
      return bytes;
    }
  }
}
