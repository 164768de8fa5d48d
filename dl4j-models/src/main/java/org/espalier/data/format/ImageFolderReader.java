package org.espalier.data.format;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.espalier.data.DataException;
import org.espalier.data.LabelledData;

/** Reads pictures from one folder a class, perhaps below a folder for each part. */
final class ImageFolderReader {
  private final DatasetSettings.Folder settings;
  private final PictureDecoder decoder;
  private final Consumer<String> remarks;

  ImageFolderReader(DatasetSettings.Folder settings, Consumer<String> remarks) {
    this.settings = settings;
    this.decoder = new PictureDecoder(settings.channels(), settings.maxPixels());
    this.remarks = remarks;
  }

  LabelledData read(DataPath root) {
    root.requireFolder("a folder with one folder a class");
    PassedOver passedOver = new PassedOver(root.toString(), PassedOver.NO_PICTURES);
    PassedOver unreadable = new PassedOver(root.toString(), "unreadable");
    FolderListing listing = new FolderListing(passedOver);
    FolderParts parts = FolderParts.of(root, listing);
    List<String> names = parts.train().stream().map(DataPath::name).toList();
    PictureCollector collector =
        new PictureCollector(settings.height(), settings.width(), settings.height() == 0);
    addAll(pictures(parts.train(), listing), unreadable, collector);
    int pool = collector.size();
    addAll(pictures(parts.validation(), listing), unreadable, collector);
    int validation = collector.size() - pool;
    addAll(pictures(parts.test(), listing), unreadable, collector);
    int test = collector.size() - pool - validation;
    passedOver.report(remarks);
    unreadable.report(remarks);
    if (collector.size() == 0) {
      throw new DataException(root.toString(), "none of its pictures can be read");
    }
    return new LabelledData(collector.build(names), validation, test);
  }

  /** The pictures of each class. */
  private static List<List<DataPath>> pictures(List<DataPath> classes, FolderListing listing) {
    return classes.stream().map(listing::pictures).toList();
  }

  private void addAll(
      List<List<DataPath>> classes, PassedOver unreadable, PictureCollector collector) {
    for (int label = 0; label < classes.size(); label++) {
      for (DataPath file : classes.get(label)) {
        Optional<DecodedPicture> picture = decode(file, unreadable);
        if (picture.isPresent()) {
          collector.add(file.toString(), label, picture.get());
        }
      }
    }
  }

  /**
   * Empty if the picture is to be left out. A file that the disk does not give is no such picture:
   * a network that fails must not make a smaller data set.
   */
  private Optional<DecodedPicture> decode(DataPath file, PassedOver unreadable) {
    byte[] bytes = ByteReader.whole(file, PictureDecoder.MOST_FILE_BYTES, "a picture");
    try {
      return Optional.of(decoder.decode(file.toString(), bytes));
    } catch (DataException refused) {
      if (settings.onUnreadable() == OnUnreadable.FAIL) {
        throw refused.withAdvice("'onUnreadable: skip' leaves such pictures out");
      }
      unreadable.add(file.toString());
      return Optional.empty();
    }
  }
}
