package org.espalier.data.format;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.espalier.data.format.BadData.changed;
import static org.espalier.data.format.BadData.cut;
import static org.espalier.data.format.BadData.row;
import static org.espalier.data.format.SampleFiles.cifar;
import static org.espalier.data.format.SampleFiles.cifarFolder;
import static org.espalier.data.format.SampleFiles.delete;
import static org.espalier.data.format.SampleFiles.gzip;
import static org.espalier.data.format.SampleFiles.write;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Bad CIFAR and text files, and places that cannot be read at all. */
final class BadRecordRows {
  private BadRecordRows() {}

  static Stream<Arguments> rows() {
    return Stream.of(cifarRows(), csvRows(), placeRows()).flatMap(rows -> rows);
  }

  private static Stream<Arguments> cifarRows() {
    byte[] batch = cifar(1, 2, 3);
    return Stream.of(
        badCifar(
            "a record cut off",
            "data_batch_2.bin",
            cut(batch, 4000),
            "data_batch_2.bin",
            "ends at byte 4000",
            "record 2",
            "expected 2146 more bytes"),
        badCifar(
            "a label out of range",
            "data_batch_2.bin",
            changed(batch, 3073, 10),
            "data_batch_2.bin",
            "label 10 at byte 3073",
            "expected 0..9"),
        badCifar(
            "an empty file",
            "test_batch.bin",
            new byte[0],
            "test_batch.bin",
            "ends at byte 0",
            "record 1"),
        badCifar(
            "a class without example",
            "data_batch_2.bin",
            cifar(1, 1, 3),
            "class '2' is empty",
            "10 classes"),
        badCifar(
            "too few class names",
            "batches.meta.txt",
            "cat\ndog\n".getBytes(UTF_8),
            "batches.meta.txt",
            "2 class names",
            "expected 10"),
        row(
            "a missing batch",
            folder -> {
              delete(cifarFolder(folder).resolve("data_batch_4.bin"));
              return new DatasetSettings.Cifar10(folder.toString());
            },
            "file is missing",
            "data_batch_4.bin.gz"),
        row(
            "CIFAR-10 opened as CIFAR-100",
            folder -> new DatasetSettings.Cifar100(cifarFolder(folder).toString()),
            "file is missing",
            "train.bin"));
  }

  private static Arguments badCifar(String name, String file, byte[] content, String... parts) {
    return row(
        name,
        folder -> {
          write(cifarFolder(folder).resolve(file), content);
          return new DatasetSettings.Cifar10(folder.toString());
        },
        parts);
  }

  private static Stream<Arguments> csvRows() {
    return Stream.of(
        csv(
            "a word instead of a number",
            "0,1,2\n1,x7,4\n",
            "line 2, column 2",
            "'x'",
            "whole number in 0..9"),
        csv("a fraction", "0,1,2.5\n", "line 1, column 3", "'.'", "whole number"),
        csv("a negative number", "0,-1,2\n", "line 1, column 2", "'-'", "0..9"),
        csv("an empty field", "0,,2\n", "line 1, column 2", "nothing", "whole number"),
        csv("a pixel out of range", "0,1,10\n", "line 1, column 3", "value 10", "expected 0..9"),
        csv("a label out of range", "1000000,1,1\n", "line 1, column 1", "label 1000000"),
        csv("an endless number", "0,11111111111111,1\n", "line 1, column 2", "too long"),
        csv("a line too short", "0,1,2\n\n1,2\n", "line 3", "2 columns", "expected 3"),
        csv("a line too long", "0,1,2,3\n", "line 1", "more than 3 columns", "expected 3"),
        csv("a file that ends in a line", "0,1,2\n1,", "line 2, column 2", "file ends"),
        csv("no line", "\n\n", "line 3", "no image"),
        csv("labels that are none", "0,1,2\n9,1,2\n", "only 2 of these 10 numbers occur"),
        csv("two separators", "0;1;2\n0,1,2\n", "line 2, column 1", "','", "whole number"),
        csv("a decimal comma", "0;1,5;2\n", "line 1, column 2", "','", "whole number"),
        csv("nothing between tabs", "0\t\t2\n", "line 1, column 1", "'2'", "whole number"),
        row(
            "UTF-16 text",
            folder -> csv(write(folder.resolve("data.csv"), "0,1,2\n".getBytes(UTF_16))),
            "data.csv",
            "UTF-16 text",
            "expected plain or UTF-8"),
        row(
            "gzip text cut off",
            folder -> {
              byte[] packed = gzip("0,1,2\n".repeat(50).getBytes(UTF_8));
              return csv(write(folder.resolve("d.csv.gz"), cut(packed, packed.length - 9)));
            },
            "d.csv.gz",
            "cut off"));
  }

  private static Arguments csv(String name, String text, String... parts) {
    return row(
        name,
        folder -> csv(write(folder.resolve("data.csv"), text)),
        Stream.concat(Stream.of("data.csv"), Stream.of(parts)).toArray(String[]::new));
  }

  private static DatasetSettings csv(Path file) {
    return new DatasetSettings.Csv(file.toString(), 1, 2, null, 9, null, null, null);
  }

  private static Stream<Arguments> placeRows() {
    return Stream.of(
        row(
            "a folder that is not there",
            folder -> new DatasetSettings.Cifar10(folder.resolve("gone").toString()),
            "gone",
            "no such file or folder"),
        row(
            "an unknown scheme",
            folder -> new DatasetSettings.Cifar10("teleport://host/data"),
            "teleport://host/data",
            "no file system for scheme 'teleport'",
            "hdfs:"),
        row(
            "a URI without a path",
            folder -> new DatasetSettings.Cifar10("file://["),
            "file://[",
            "not a usable URI"),
        row(
            "a folder where a file is expected",
            folder -> csv(folder),
            "is a folder; expected a file"),
        row(
            "a file where a folder is expected",
            folder -> new DatasetSettings.Cifar10(write(folder.resolve("f"), "x").toString()),
            "/f",
            "is a file; expected a folder with data_batch_1.bin"));
  }
}
