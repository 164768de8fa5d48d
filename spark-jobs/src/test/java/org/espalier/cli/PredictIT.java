package org.espalier.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.espalier.data.ImageDataset;
import org.espalier.data.format.DatasetSettings;
import org.espalier.data.format.Datasets;
import org.espalier.storage.Hashes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a model says of pictures, from training to the records. */
class PredictIT {
  private static final int PICTURES = 360;
  private static final int OF_TEST = 120;
  private static final String TRAIN =
      """
      seed: 1
      data: {format: folder, path: %s, channels: 1}
      network: {type: readyMade, family: plain, widths: [4, 4, 8, 8, 8, 8]}
      training: {epochs: 2, batchSize: 16, optimiser: {type: sgd, learningRate: 0.05}}
      """;

  @TempDir static Path folder;

  @BeforeAll
  static void train() throws IOException {
    ImageDataset digits =
        Datasets.open(new DatasetSettings.Digits(), new Configuration(false)).images();
    for (int i = 0; i < PICTURES; i++) {
      String part = i < PICTURES - OF_TEST ? "train" : "test";
      Path file = at("set/%s/%s/%s.png".formatted(part, digits.label(i), i));
      Files.createDirectories(file.getParent());
      ImageIO.write(picture(digits.image(i)), "png", file.toFile());
    }
    Files.writeString(at("train.yaml"), TRAIN.formatted(at("set")));
    Program.Answer trained =
        Program.run("train", "--config", at("train.yaml") + "", "--output", at("run") + "");
    assertThat(trained.code()).as(trained.text()).isZero();
  }

  private static BufferedImage picture(byte[] digit) {
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < digit.length; i++) {
      image.getRaster().setSample(i % 8, i / 8, 0, digit[i] * 255 / 16);
    }
    return image;
  }

  @Test
  void answersAreAsAccurateAsTheEvaluationOfTheSamePictures() throws IOException {
    Program.Answer evaluated = Program.run("evaluate", "--run", at("run") + "");
    Files.createDirectories(at("alone"));
    for (String name : List.of("input.json", "network.json", "weights.espalier", "split.json")) {
      Files.copy(at("run/model").resolve(name), at("alone").resolve(name));
    }
    manifest("alone");

    Program.Outputs answer = predict("--model", at("alone") + "", at("set/test") + "/");

    List<String> records = answer.out().lines().toList();
    assertThat(answer.code()).as(answer.err()).isZero();
    assertThat(records).hasSize(1 + OF_TEST).startsWith("path,class,probability");
    long right =
        records.stream().filter(record -> record.matches(".*/test/(.)/\\d+\\.png,\\1,.*")).count();
    assertThat(evaluated.text())
        .startsWith(String.format(Locale.ROOT, "accuracy %.2f %%, ", 100.0 * right / OF_TEST));
    assertThat(records.get(1)).startsWith(at("set/test/0/") + "").matches(".*,[01]\\.\\d{6}");
    assertThat(answer.err()).contains("classified 120 pictures");
  }

  @Test
  void namesAndClassesComeThroughWhateverTheyAre() throws IOException {
    Path odd = Files.createDirectories(at("odd, \"dear\"\nreader ü"));
    Files.copy(some(), odd.resolve("a.png"));

    Program.Outputs csv = predict("--model", model(), "--top", "2", odd + "");
    Program.Outputs json = predict("--model", model(), "--top", "3", "--format", "jsonl", odd + "");

    String quoted = "\"" + (odd + "/a.png").replace("\"", "\"\"") + "\"";
    assertThat(csv.out())
        .startsWith("path,class,probability,class2,probability2\n" + quoted + ",")
        .endsWith("\n");
    assertThat(csv.out().substring(csv.out().indexOf(quoted) + quoted.length()))
        .matches(",\\d,0\\.\\d{6},\\d,0\\.\\d{6}\n");
    JsonNode record = new ObjectMapper().readTree(json.out());
    assertThat(json.out().lines()).hasSize(1);
    assertThat(record.path("path").asText()).isEqualTo(odd + "/a.png");
    assertThat(record.path("class")).isEqualTo(record.at("/top/0/class"));
    assertThat(record.path("probability")).isEqualTo(record.at("/top/0/probability"));
    assertThat(record.path("top")).hasSize(3);
    assertThat(csv.out()).contains("," + record.path("class").asText() + ",");
  }

  @Test
  void picturesThatCannotBeReadEndTheWorkOrAreNamedAndLeftOut() throws IOException {
    Path mixed = Files.createDirectories(at("mixed"));
    Files.copy(some(), mixed.resolve("a.png"));
    Files.writeString(mixed.resolve("b.png"), "text");

    Program.Outputs fails = predict("--model", model(), mixed + "");
    Program.Outputs skips = predict("--model", model(), "--on-unreadable", "skip", mixed + "");
    Program.Outputs none = predict("--model", model(), "--on-unreadable", "skip", mixed + "/b.png");

    assertThat(fails.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(fails.err()).contains("b.png: not a picture", "'--on-unreadable skip' leaves");
    assertThat(skips.code()).isZero();
    assertThat(skips.out().lines()).hasSize(2);
    assertThat(skips.err())
        .contains("left out: " + mixed + "/b.png: not a picture")
        .contains("classified 1 picture; 1 cannot be read and were left out");
    assertThat(none.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(none.out()).isEmpty();
    assertThat(none.err()).contains("none of the pictures can be read");
  }

  @Test
  void standardInputCanNameThePictures() throws IOException {
    String names = some() + "\n" + at("set/test/1") + "\n";
    InputStream before = System.in;
    Program.Outputs answer;
    Program.Outputs nothing;
    try {
      System.setIn(new ByteArrayInputStream(names.getBytes(UTF_8)));
      answer = predict("--model", model(), "-");
      nothing = predict("--model", model(), "-");
    } finally {
      System.setIn(before);
    }

    assertThat(answer.code()).as(answer.err()).isZero();
    assertThat(answer.out()).contains("\n" + some() + ",", "\n" + at("set/test/1") + "/");
    assertThat(nothing.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(nothing.err()).contains("standard input named no pictures");
  }

  @Test
  void aFileOfRecordsReplacesNoOtherAndIsNotLeftHalf() throws IOException {
    Path records = at("records.csv");
    Program.Outputs written = predict("--model", model(), "--output", records + "", some() + "");
    Program.Outputs direct = predict("--model", model(), some() + "");
    Program.Outputs again = predict("--model", model(), "--output", records + "", some() + "");
    Files.writeString(at("set/bad"), "text");
    Program.Outputs failed =
        predict(
            "--model", model(), "--output", at("half.csv") + "", some() + "", at("set/bad") + "");
    Files.delete(at("set/bad"));
    Program.Outputs nowhere = predict("--model", model(), "--output", at("no/x") + "", some() + "");
    Program.Outputs far = predict("--model", model(), "--output", "hdfs://n/x", some() + "");

    assertThat(written.out()).isEmpty();
    assertThat(records).hasContent(direct.out());
    assertThat(again.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(again.err()).contains("records.csv is there already; remove it");
    assertThat(failed.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(at("half.csv")).doesNotExist();
    assertThat(nowhere.err()).contains("there is no such folder");
    assertThat(far.err()).contains("--output takes the name of a local file, got 'hdfs://n/x'");
    assertThat(List.of(nowhere.code(), far.code())).containsOnly(ExitCode.BAD_INPUT);
  }

  @Test
  void picturesOfAnotherSizeAreRefusedAsInTrainingAndSoIsAModelThatSaysTooLittle()
      throws IOException {
    ImageIO.write(
        new BufferedImage(9, 8, BufferedImage.TYPE_BYTE_GRAY), "png", at("wide.png").toFile());
    Program.Outputs wide = predict("--model", model(), at("wide.png") + "");
    Program.Outputs older = predictBy("older", ",\\s*\"preprocessing\" : \\{[^}]*\\}", "");
    Program.Outputs nameless =
        predictBy("nameless", "\"classes\" : \\[[^]]*\\]", "\"classes\" : [ ]");
    Program.Outputs ofRun = predict("--model", at("run") + "", some() + "");

    assertThat(List.of(wide, older, nameless, ofRun))
        .extracting(Program.Outputs::code)
        .containsOnly(ExitCode.BAD_INPUT);
    assertThat(wide.err()).contains("wide.png: picture of 8 x 9 pixels; expected 8 x 8");
    assertThat(older.err()).contains("is of an older espalier", "'espalier export --run RUN");
    assertThat(nameless.err()).contains("input.json names 0 classes", "tells 10 apart");
    assertThat(ofRun.err()).contains("run is a run; its model is " + at("run/model"));
  }

  @Test
  void theModelOfAnOlderRunCanBeUsedOnceItIsExported() throws IOException {
    Program.Outputs older = predictBy("old/model", ",\\s*\"preprocessing\" : \\{[^}]*\\}", "");
    Files.copy(at("run/config.yaml"), at("old/config.yaml"));

    Program.Answer exported =
        Program.run("export", "--run", at("old") + "", "--output", at("exported") + "");
    Program.Outputs answer = predict("--model", at("exported") + "", some() + "");

    assertThat(older.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(exported.code()).as(exported.text()).isZero();
    assertThat(answer.out()).isEqualTo(predict("--model", model(), some() + "").out());
  }

  @Test
  void itEndsWhenNobodyReadsItsRecords() throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "predict",
                "--model",
                model()));
    // More than a pipe holds.
    command.addAll(Collections.nCopies(50, at("set") + ""));
    Process process = new ProcessBuilder(command).redirectError(at("errors").toFile()).start();

    try (BufferedReader reader = process.inputReader()) {
      assertThat(reader.readLine()).isEqualTo("path,class,probability");
    }

    assertThat(process.waitFor()).isEqualTo(ExitCode.NO_RESOURCES);
    assertThat(at("errors"))
        .content()
        .contains("espalier: standard output takes no more")
        .doesNotContain("Exception");
  }

  private Program.Outputs predictBy(String name, String found, String replaced) throws IOException {
    Path copy = Files.createDirectories(at(name));
    for (String each : List.of("network.json", "weights.espalier", "split.json")) {
      Files.copy(at("run/model").resolve(each), copy.resolve(each));
    }
    String input = Files.readString(at("run/model/input.json"));
    Files.writeString(copy.resolve("input.json"), input.replaceFirst(found, replaced));
    manifest(name);
    return predict("--model", copy + "", some() + "");
  }

  /** Writes the manifest of a folder that a person made. */
  private static void manifest(String name) throws IOException {
    List<String> entries = new ArrayList<>();
    try (var files = Files.list(at(name))) {
      for (Path file : files.toList()) {
        byte[] bytes = Files.readAllBytes(file);
        entries.add(
            "\"%s\": {\"bytes\": %s, \"sha256\": \"%s\"}"
                .formatted(file.getFileName(), bytes.length, Hashes.hex(bytes)));
      }
    }
    Files.writeString(at(name).resolve("MANIFEST"), "{" + String.join(", ", entries) + "}");
  }

  private static String model() {
    return at("run/model").toString();
  }

  private static Path some() {
    return at("set/train/3/3.png");
  }

  private static Path at(String name) {
    return folder.resolve(name);
  }

  private static Program.Outputs predict(String... arguments) {
    List<String> all = new ArrayList<>(List.of("predict"));
    all.addAll(List.of(arguments));
    return Program.apart(all.toArray(String[]::new));
  }
}
