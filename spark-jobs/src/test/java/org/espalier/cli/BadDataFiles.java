package org.espalier.cli;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.espalier.network.ImageShape;
import org.espalier.network.NetworkSpec;
import org.espalier.network.NetworkSpecs;
import org.espalier.network.ReadyMade;

/** Mistakes in data files, as the command meets them. */
final class BadDataFiles {
  private static final String CSV =
      "{format: csv, path: '{path}/data.csv', height: 2, width: 2, maxValue: 9}";
  private static final String IDX = "{format: idx, path: '{path}/idx'}";
  private static final String FOLDER = "{format: folder, path: '{path}/pictures'}";

  private BadDataFiles() {}

  static Stream<BadInput> all() {
    return Stream.of(
        network(
            "network: fewer outputs than the data have classes",
            new ImageShape(8, 8, 1),
            7,
            "network 'plain' has 7 outputs, the data have 10 classes"),
        network(
            "network: images of another shape",
            new ImageShape(9, 8, 1),
            10,
            "network 'plain' takes images [9, 8, 1], the data have [8, 8, 1]"),
        bad("no file", CSV, Map.of(), "data.csv"),
        bad("no folder", IDX, Map.of(), "idx"),
        bad("csv: too few columns", CSV, text("0,1,2,3,4\n1,1,2,3\n"), "data.csv", "line 2"),
        bad("csv: no number", CSV, text("0,1,2,3,4\n1,1,x,3,4\n"), "data.csv", "line 2", "x"),
        bad("csv: too bright", CSV, text("0,1,2,3,4\n1,1,2,3,99\n"), "data.csv", "line 2", "99"),
        bad("csv: one class", CSV, text("0,1,2,3,4\n".repeat(9)), "data has one class, '0'"),
        bad("csv: empty", CSV, text(""), "data.csv"),
        bad(
            "idx: wrong magic",
            IDX,
            idx(new int[] {0x00000102, 1, 2, 2}, new byte[4], new int[] {0x801, 1}, new byte[1]),
            "train-images-idx3-ubyte",
            "magic"),
        bad(
            "idx: cut off",
            IDX,
            idx(new int[] {0x803, 2, 2, 2}, new byte[5], new int[] {0x801, 2}, new byte[2]),
            "train-images-idx3-ubyte"),
        bad(
            "idx: labels missing",
            IDX,
            idx(new int[] {0x803, 2, 2, 2}, new byte[8], new int[] {0x801, 1}, new byte[1]),
            "idx"),
        bad(
            "folder: not a picture",
            FOLDER,
            Map.of("pictures/a/1.png", bytes("no picture"), "pictures/b/2.png", bytes("neither")),
            "1.png"),
        bad("folder: no classes", FOLDER, Map.of("pictures/notes.txt", bytes("x")), "pictures"),
        bad("run in its data", FOLDER, Map.of(), "is inside of the data, data.path '{folder}/pic")
            .withOutput("{folder}/pictures/run"),
        bad("data in the run", FOLDER, Map.of(), "/pictures' is inside of --output '{folder}'")
            .withOutput("{folder}"));
  }

  private static BadInput bad(
      String name, String data, Map<String, byte[]> files, String... expected) {
    Map<String, byte[]> all = new HashMap<>(files);
    String config = BadConfigurations.GOOD.replace("data:\n  format: digits", "data: " + data);
    all.put("bad.yaml", bytes(config));
    return new BadInput(
        name,
        all,
        List.of("train", "--config", "{folder}/bad.yaml", "--output", "{folder}/run"),
        List.of(expected),
        ExitCode.BAD_INPUT);
  }

  private static BadInput network(String name, ImageShape input, int classes, String expected) {
    NetworkSpec spec = ReadyMade.plain(input, classes, List.of(4), List.of(1));
    String config =
        BadConfigurations.GOOD.replace(
            "type: readyMade\n  family: plain\n  widths: [4, 4, 4, 4, 4, 4]",
            "type: file\n  path: '{path}/network.json'");
    Map<String, byte[]> files =
        Map.of("bad.yaml", bytes(config), "network.json", bytes(NetworkSpecs.toJson(spec)));
    return new BadInput(
        name,
        files,
        List.of("train", "--config", "{folder}/bad.yaml", "--output", "{folder}/run"),
        List.of(expected),
        ExitCode.BAD_INPUT);
  }

  private static Map<String, byte[]> text(String csv) {
    return Map.of("data.csv", bytes(csv));
  }

  private static Map<String, byte[]> idx(
      int[] head, byte[] pixels, int[] labelHead, byte[] labels) {
    return Map.of(
        "idx/train-images-idx3-ubyte", joined(head, pixels),
        "idx/train-labels-idx1-ubyte", joined(labelHead, labels),
        "idx/t10k-images-idx3-ubyte", joined(head, pixels),
        "idx/t10k-labels-idx1-ubyte", joined(labelHead, labels));
  }

  private static byte[] joined(int[] head, byte[] body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (int number : head) {
        out.writeInt(number);
      }
      out.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
