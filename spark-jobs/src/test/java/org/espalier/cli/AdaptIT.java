package org.espalier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.espalier.data.ImageDataset;
import org.espalier.data.format.DatasetSettings;
import org.espalier.data.format.Datasets;
import org.espalier.storage.Hashes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From meta search to a network for a folder of pictures. */
class AdaptIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String META =
      """
      data: {format: digits}
      groups: 1
      meta:
        cells: 1
        channels: 4
        budget: {macs: 60000}
        tasks: {ways: 3, queries: 3}
        families: {data: {classes: {validationShare: 0.3, testShare: 0.3}}}
        rounds: 2
        tasksPerRound: 2
        testTasks: 2
        shuffledTasks: 0
        baselines: []
      """;

  @TempDir static Path folder;

  @BeforeAll
  static void search() throws IOException {
    Files.writeString(at("meta.yaml"), META);
    Program.Answer found =
        Program.run(
            "meta",
            "--config",
            at("meta.yaml") + "",
            "--output",
            at("meta") + "",
            "--master",
            "local[1]");
    assertThat(found.code()).as(found.text()).isZero();
    ImageDataset digits =
        Datasets.open(new DatasetSettings.Digits(), new Configuration(false)).images();
    for (int i = 0; i < 200; i++) {
      if (digits.label(i) < 4) {
        write("set/%s/%s.png".formatted(digits.label(i), i), digits.image(i));
      }
    }
    write("single/only/1.png", digits.image(0));
  }

  private static void write(String name, byte[] digit) throws IOException {
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < digit.length; i++) {
      image.getRaster().setSample(i % 8, i / 8, 0, digit[i] * 255 / 16);
    }
    Files.createDirectories(at(name).getParent());
    ImageIO.write(image, "png", at(name).toFile());
  }

  @Test
  void aFolderBecomesAProvedNetworkThatOtherCommandsTake() throws IOException {
    Program.Outputs adapted = adapt("run", "--json");

    JsonNode summary = JSON.readTree(adapted.out());
    JsonNode outcome = JSON.readTree(at("run/result.json").toFile()).path("outcome");
    assertThat(adapted.code()).as(adapted.err()).isZero();
    assertThat(outcome.path("candidates").findValuesAsText("role"))
        .containsExactly("adaptedAlone", "fineTuned", "fromScratch");
    assertThat(outcome.path("candidates").path(2).path("plannedWorkMacs").asLong())
        .isGreaterThanOrEqualTo(
            outcome.path("candidates").path(1).path("plannedWorkMacs").asLong());
    assertThat(outcome.at("/network/macs").asLong()).isLessThanOrEqualTo(60_000);
    assertThat(outcome.at("/network/testAccuracyPercent").asDouble()).isGreaterThan(60);
    assertThat(outcome.at("/metaModel/family").asText()).isEqualTo("data");
    assertThat(outcome.at("/metaModel/fingerprint").asText())
        .isEqualTo(Hashes.hex(Files.readAllBytes(file())));
    assertThat(summary.path("baselines")).hasSize(2);
    assertThat(summary.at("/files/onnx").asText()).isEqualTo(at("run/model/model.onnx") + "");
    assertThat(at("run/report.html"))
        .content()
        .contains("from scratch", "most probable", "ONNX", "data [8, 8, 1]");

    Program.Answer evaluated = Program.run("evaluate", "--run", at("run") + "");
    assertThat(evaluated.text())
        .contains(
            String.format(
                java.util.Locale.ROOT,
                "accuracy %.2f %%",
                outcome.at("/network/testAccuracyPercent").asDouble()));
    Program.Answer exported =
        Program.run("export", "--run", at("run") + "", "--output", at("exported") + "");
    assertThat(exported.code()).as(exported.text()).isZero();
    assertThat(exported.text()).doesNotContain("cannot be used");
    Program.Answer predicted =
        Program.run("predict", "--model", at("run/model") + "", at("set/0") + "");
    assertThat(predicted.code()).as(predicted.text()).isZero();
    assertThat(adapt("run").out()).startsWith("done: ");
  }

  @Test
  void theSameSeedComesToTheSameBits() throws IOException {
    assertThat(adapt("first", "--seed", "3", "--epochs", "1").code()).isZero();
    assertThat(adapt("second", "--seed", "3", "--epochs", "1").code()).isZero();

    assertThat(Program.fingerprint(Files.readString(at("second/result.json"))))
        .isEqualTo(Program.fingerprint(Files.readString(at("first/result.json"))));
    assertThat(at("second/model/model.onnx")).hasSameBinaryContentAs(at("first/model/model.onnx"));
  }

  @Test
  void whatCannotBeAdaptedIsSaidAndNothingIsWritten() throws IOException {
    Files.writeString(
        at("colour.yaml"),
        "model: %s\ndata: {format: folder, path: %s, channels: 3}\n"
            .formatted(at("meta"), at("set")));

    assertRefused(
        adapt("no", "--budget-macs", "10"), 3, "10 MACs", "smallest network, which takes");
    assertRefused(adapt("no", "--family", "letters"), 2, "no family 'letters'", "data [8, 8, 1]");
    assertRefused(adapt("no", "--budget-macs", "-1"), 2, "macs");
    assertRefused(adapt("no", "--epochs", "0"), 2, "epochs");
    assertRefused(
        program("adapt", "--model", at("set") + "", "--data", at("set") + ""),
        2,
        "is not a run: it has no config.yaml");
    assertRefused(
        program("adapt", "--model", at("meta") + "", "--data", at("single") + ""),
        2,
        "has one class, 'only'");
    assertRefused(
        program("adapt", "--config", at("colour.yaml") + ""), 2, "[8, 8, 3]", "[8, 8, 1]");
    assertRefused(program("adapt"), 2, "give --model and --data, or a --config");
  }

  private static void assertRefused(Program.Outputs answer, int code, String... parts) {
    assertThat(answer.code()).as(answer.err()).isEqualTo(code);
    assertThat(answer.err()).contains(parts);
    assertThat(at("no")).doesNotExist();
  }

  @Test
  void aDamagedOrForeignModelIsRefused() throws IOException {
    copy(at("meta"), at("damaged"));
    Path bytes = at("damaged/artefacts/meta-model/meta-model.bin");
    byte[] cut = Files.readAllBytes(bytes);
    Files.write(bytes, java.util.Arrays.copyOf(cut, cut.length / 2));
    Program.Answer trained =
        Program.run(
            "train", "--config", "../conf/train-digits-small.yaml", "--output", at("trained") + "");
    assertThat(trained.code()).as(trained.text()).isZero();

    for (String command : List.of("adapt", "meta-evaluate")) {
      List<String> line = new ArrayList<>(List.of(command, "--model", at("damaged") + ""));
      if (command.equals("adapt")) {
        line.addAll(List.of("--data", at("set") + "", "--output", at("no") + ""));
      }
      assertRefused(
          Program.apart(line.toArray(new String[0])),
          2,
          "the meta-model of the run at",
          "meta-model.bin is damaged");
      line.set(2, at("trained") + "");
      assertRefused(
          Program.apart(line.toArray(new String[0])),
          2,
          "has no meta-model: expected a finished run of 'espalier meta'");
    }
  }

  @Test
  void newTasksJudgeTheModelAndOtherDataAreRefused() throws IOException {
    Program.Outputs judged =
        Program.apart(
            "meta-evaluate", "--model", at("meta") + "", "--tasks", "20", "--shots", "2", "--json");

    JsonNode family = JSON.readTree(judged.out()).path("families").path(0);
    assertThat(judged.code()).as(judged.err()).isZero();
    assertThat(judged.err()).contains("data: ").contains("20 tasks of 3 classes with 2 examples");
    assertThat(family.path("scorePercent").asDouble()).isBetween(20.0, 100.0);
    assertThat(family.path("intervalPercent").asDouble()).isBetween(0.1, 20.0);
    assertThat(family.path("shots").asInt()).isEqualTo(2);
    assertThat(Program.apart("meta-evaluate", "--model", at("meta") + "", "--ways", "4").err())
        .contains("TEST has 3 classes; ways=4 needs as many");
    assertThat(
            Program.apart("meta-evaluate", "--model", at("meta") + "", "--data", at("set") + "")
                .err())
        .contains("not those that the meta-model was learned from", "by --data");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path each : files.toList()) {
        Files.copy(each, to.resolve(from.relativize(each).toString()));
      }
    }
  }

  private static Path file() {
    return at("meta/artefacts/meta-model/meta-model.bin");
  }

  private static Program.Outputs adapt(String output, String... more) {
    List<String> line =
        new ArrayList<>(
            List.of(
                "adapt",
                "--model",
                at("meta") + "",
                "--data",
                at("set") + "",
                "--output",
                at(output) + ""));
    line.addAll(List.of(more));
    return Program.apart(line.toArray(new String[0]));
  }

  private static Program.Outputs program(String... arguments) {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("--output", at("no") + ""));
    return Program.apart(line.toArray(new String[0]));
  }

  private static Path at(String name) {
    return folder.resolve(name);
  }
}
