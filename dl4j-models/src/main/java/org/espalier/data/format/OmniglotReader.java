package org.espalier.data.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.espalier.data.DataException;
import org.espalier.data.LabelledData;

/**
 * Reads Omniglot (Lake, Salakhutdinov and Tenenbaum, 2015): zip files of black drawings on white,
 * {@code .../alphabet/character/drawing.png}. A character is a class; ink becomes white on black,
 * as in MNIST. A drawing that lies in two of the zips counts once.
 */
final class OmniglotReader {
  static final int MOST_PIXELS = 1 << 20;

  private final DatasetSettings.Omniglot settings;
  private final ZipLimits limits;
  private final Consumer<String> remarks;
  private final PictureDecoder decoder = new PictureDecoder(1, MOST_PIXELS);

  OmniglotReader(DatasetSettings.Omniglot settings, ZipLimits limits, Consumer<String> remarks) {
    this.settings = settings;
    this.limits = limits;
    this.remarks = remarks;
  }

  /** One entry as it is packed: decoded, all drawings together would take 360 MB. */
  @SuppressWarnings("ArrayRecordComponent") // never leaves this class
  private record Drawing(String where, byte[] png) {}

  LabelledData read(DataPath path) {
    Map<String, Drawing> drawings = new TreeMap<>();
    PassedOver passedOver = new PassedOver(path.toString(), PassedOver.NO_PICTURES);
    for (DataPath zip : zips(path, passedOver)) {
      new ZipEntries(zip.toString(), limits)
          .forEach(
              ByteReader.whole(zip, limits.packedBytes(), "a zip"),
              (name, bytes) -> {
                if (isHidden(name) || isNoPicture(name, bytes)) {
                  passedOver.add(zip + "!" + name);
                } else {
                  add(drawings, zip + "!" + name, name, bytes);
                }
              });
    }
    passedOver.report(remarks);
    if (drawings.isEmpty()) {
      throw new DataException(
          path.toString(), "no drawings; expected alphabet/character/drawing.png entries");
    }
    List<String> classes =
        new ArrayList<>(
            new TreeSet<>(drawings.keySet().stream().map(OmniglotReader::character).toList()));
    PictureCollector collector = new PictureCollector(settings.height(), settings.width(), true);
    Map<String, Integer> labels = new TreeMap<>();
    for (String name : classes) {
      labels.put(name, labels.size());
    }
    drawings.forEach(
        (name, drawing) ->
            collector.add(drawing.where(), labels.get(character(name)), decode(drawing)));
    return new LabelledData(collector.build(classes), 0);
  }

  private static List<DataPath> zips(DataPath path, PassedOver passedOver) {
    if (!path.isFolder()) {
      return List.of(path);
    }
    List<DataPath> zips = new ArrayList<>();
    for (DataPath entry : new FolderListing(passedOver).visible(path)) {
      if (entry.name().toLowerCase(Locale.ROOT).endsWith(".zip")) {
        zips.add(entry);
      } else {
        passedOver.add(entry.toString());
      }
    }
    if (zips.isEmpty()) {
      throw new DataException(path.toString(), "holds no .zip file; expected Omniglot zips");
    }
    return zips;
  }

  private static boolean isHidden(String name) {
    return name.startsWith("__MACOSX/")
        || name.substring(name.lastIndexOf('/') + 1).startsWith(".");
  }

  private static boolean isNoPicture(String name, byte[] bytes) {
    return !PictureSigns.name(name) && !PictureSigns.begin(bytes);
  }

  private void add(Map<String, Drawing> drawings, String where, String name, byte[] bytes) {
    List<String> parts = Arrays.asList(name.split("/"));
    String file = parts.get(parts.size() - 1);
    if (parts.size() < 3 || !file.endsWith(".png")) {
      throw new DataException(where, "unexpected entry; expected alphabet/character/drawing.png");
    }
    String key = String.join("/", parts.subList(parts.size() - 3, parts.size()));
    Drawing drawing = new Drawing(where, bytes);
    Drawing known = drawings.putIfAbsent(key, drawing);
    if (known != null && !same(known, drawing)) {
      throw new DataException(where, "differs from an earlier drawing of the same name");
    }
  }

  /** Whether they show the same, however they are packed. */
  private boolean same(Drawing one, Drawing other) {
    return Arrays.equals(one.png(), other.png())
        || Arrays.equals(decode(one).pixels(), decode(other).pixels());
  }

  private DecodedPicture decode(Drawing drawing) {
    return decoder.decode(drawing.where(), drawing.png()).inverted();
  }

  private static String character(String key) {
    return key.substring(0, key.lastIndexOf('/'));
  }
}
