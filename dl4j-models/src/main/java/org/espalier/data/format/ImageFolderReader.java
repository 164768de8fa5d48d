package org.espalier.data.format;

import java.util.List;
import java.util.function.Consumer;
import org.espalier.data.LabelledData;

/** Reads pictures from one folder a class, perhaps below a folder for each part. */
final class ImageFolderReader {
  private static final int MOST_FILE_BYTES = 1 << 28;

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
    PassedOver passedOver = new PassedOver(root.toString());
    FolderListing listing = new FolderListing(passedOver);
    FolderParts parts = FolderParts.of(root, listing);
    List<String> names = parts.train().stream().map(DataPath::name).toList();
    PictureCollector collector =
        new PictureCollector(settings.height(), settings.width(), settings.height() == 0);
    addAll(parts.train(), listing, collector);
    int pool = collector.size();
    addAll(parts.validation(), listing, collector);
    int validation = collector.size() - pool;
    addAll(parts.test(), listing, collector);
    int test = collector.size() - pool - validation;
    passedOver.report(remarks);
    return new LabelledData(collector.build(names), validation, test);
  }

  private void addAll(List<DataPath> classes, FolderListing listing, PictureCollector collector) {
    for (int label = 0; label < classes.size(); label++) {
      for (DataPath file : listing.pictures(classes.get(label))) {
        collector.add(file.toString(), label, decoder.decode(file.toString(), bytes(file)));
      }
    }
  }

  private static byte[] bytes(DataPath file) {
    try (ByteReader reader = ByteReader.open(file)) {
      byte[] bytes = reader.readUpTo(MOST_FILE_BYTES);
      reader.expectEnd(MOST_FILE_BYTES + " bytes, the limit for a picture");
      return bytes;
    }
  }
}
