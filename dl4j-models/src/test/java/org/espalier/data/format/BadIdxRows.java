package org.espalier.data.format;

import static org.espalier.data.format.BadData.changed;
import static org.espalier.data.format.BadData.cut;
import static org.espalier.data.format.BadData.row;
import static org.espalier.data.format.SampleFiles.gzip;
import static org.espalier.data.format.SampleFiles.idxFolder;
import static org.espalier.data.format.SampleFiles.idxImages;
import static org.espalier.data.format.SampleFiles.idxLabels;
import static org.espalier.data.format.SampleFiles.write;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Bad idx files. */
final class BadIdxRows {
  private static final String IMAGES = "train-images-idx3-ubyte";
  private static final String LABELS = "train-labels-idx1-ubyte";

  private BadIdxRows() {}

  static Stream<Arguments> rows() {
    byte[] images = idxImages(3, 2, 3);
    byte[] labels = idxLabels(0, 1, 1);
    byte[] packed = gzip(images);
    return Stream.of(
        idx(
            "images with the magic number of labels",
            IMAGES,
            changed(images, 3, 1),
            IMAGES,
            "0x00000801 at byte 0",
            "expected 0x00000803"),
        idx(
            "labels with another magic number",
            LABELS,
            changed(labels, 0, 9),
            LABELS,
            "0x09000801",
            "expected 0x00000801"),
        idx(
            "images cut off",
            IMAGES,
            cut(images, 30),
            IMAGES,
            "ends at byte 30",
            "image 3 of 3",
            "expected 4 more bytes"),
        idx("header cut off", IMAGES, cut(images, 6), IMAGES, "ends at byte 6", "number of images"),
        idx(
            "bytes behind the images",
            IMAGES,
            cut(images, 40),
            IMAGES,
            "goes on at byte 34",
            "after 3 images"),
        idx(
            "labels cut off",
            LABELS,
            cut(labels, 10),
            LABELS,
            "ends at byte 10",
            "3 labels",
            "expected 11 bytes"),
        idx(
            "bytes behind the labels",
            LABELS,
            cut(labels, 12),
            LABELS,
            "goes on at byte 11",
            "after 3 labels"),
        idx(
            "more images than labels",
            LABELS,
            idxLabels(0, 1),
            IMAGES,
            "3 images",
            LABELS,
            "2 labels"),
        idx(
            "two billion images promised",
            IMAGES,
            changed(images, 4, 0x7f),
            IMAGES,
            "2130706435 images",
            "3 labels"),
        idx(
            "no rows",
            IMAGES,
            changed(images, 11, 0),
            IMAGES,
            "rows at byte 8 is 0",
            "expected 1..4096"),
        idx(
            "negative number of labels",
            LABELS,
            changed(labels, 4, 0xff),
            LABELS,
            "at byte 4 is 4278190083",
            "expected 1..2147483647"),
        idx(
            "test label out of range",
            "t10k-labels-idx1-ubyte",
            idxLabels(1, 7),
            "t10k-labels",
            "byte 9",
            "label 7 out of range",
            "expected 0..1"),
        idx(
            "labels from 5 on",
            LABELS,
            idxLabels(5, 6, 6),
            LABELS,
            "from 5 to 6",
            "start at 0 or 1"),
        idx(
            "most labels missing",
            LABELS,
            idxLabels(0, 200, 7),
            LABELS,
            "from 0 to 200, but only 3 of these 201 numbers occur"),
        idx(
            "a test label in a gap",
            LABELS,
            idxLabels(0, 2, 2),
            "t10k-labels",
            "label 1 out of range",
            "expected 0, 2"),
        row(
            "a class name without images",
            folder ->
                new DatasetSettings.Idx(
                    idxFolder(folder).toString(), null, null, List.of("a", "b", "c")),
            "class 'c' is empty",
            "each of the 3 classes"),
        idx(
            "test images of another size",
            "t10k-images-idx3-ubyte",
            idxImages(2, 3, 2),
            "t10k-images",
            "[3, 2, 1]",
            "[2, 3, 1]"),
        row(
            "more labels than class names",
            folder ->
                new DatasetSettings.Idx(idxFolder(folder).toString(), null, null, List.of("only")),
            LABELS,
            "label 1 out of range",
            "1 class names"),
        row(
            "a missing file",
            folder -> idx(idxFolder(folder).resolve(LABELS)),
            "file is missing",
            LABELS + ".gz"),
        gzipped("a file called .gz that is none", images, "not gzip data", "expected 1f 8b"),
        gzipped("gzip cut off", cut(packed, packed.length / 2), "cut off after"),
        gzipped(
            "gzip with a wrong checksum",
            changed(packed, packed.length - 8, ~packed[packed.length - 8]),
            "gzip data corrupt"));
  }

  private static Arguments idx(String name, String file, byte[] content, String... parts) {
    return row(
        name,
        folder -> {
          write(idxFolder(folder).resolve(file), content);
          return new DatasetSettings.Idx(folder.toString(), null, null, null);
        },
        parts);
  }

  private static Arguments gzipped(String name, byte[] content, String... parts) {
    return row(
        name,
        folder -> {
          write(idxFolder(folder).resolve(IMAGES + ".gz"), content);
          return idx(folder.resolve(IMAGES));
        },
        Stream.concat(Stream.of(IMAGES + ".gz"), Stream.of(parts)).toArray(String[]::new));
  }

  /** Settings of the folder after one of its files went. */
  private static DatasetSettings idx(Path gone) {
    SampleFiles.delete(gone);
    return new DatasetSettings.Idx(gone.getParent().toString(), null, null, null);
  }
}
