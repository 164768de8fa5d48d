package org.espalier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands from end to end, on small budgets. */
class CommandIT {
  private static final String SEARCH = "../conf/quickstart-small.yaml";
  private static final String TRAIN = "../conf/train-digits-small.yaml";

  @TempDir Path folder;

  @Test
  void aSearchComesToTheSameBitsOnOneCoreAndOnTwoByWhateverCommand() throws IOException {
    Answer one =
        run("quickstart", "--config", SEARCH, "--output", at("one"), "--master", "local[1]");
    Answer two = run("search", "--config", SEARCH, "--output", at("two"), "--master", "local[2]");

    assertThat(one.code()).as(one.text()).isZero();
    assertThat(two.code()).as(two.text()).isZero();
    assertThat(result("one").get("fingerprint")).isEqualTo(result("two").get("fingerprint"));
    assertThat(result("one").get("outcome")).isEqualTo(result("two").get("outcome"));
    assertThat(result("one").at("/outcome/networks/1/role").asText()).isEqualTo("uniform widths");
    assertThat(names("one"))
        .containsExactly(
            "_SUCCESS",
            "candidates.jsonl",
            "checkpoints",
            "config.yaml",
            "events",
            "lease",
            "model",
            "report.html",
            "result.json",
            "written");
  }

  private void pictures(String... folders) throws IOException {
    for (String each : folders) {
      Path file = Files.createDirectories(Path.of(at(each))).resolve("one.png");
      ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY), "png", file.toFile());
    }
  }

  @Test
  void aTrainedRunIsDoneAndCanBeEvaluatedAndExported() throws IOException {
    Answer trained = run("train", "--config", TRAIN, "--output", at("run"));
    assertThat(trained.code()).as(trained.text()).isZero();
    String accuracy =
        String.format(
            Locale.ROOT,
            "%.2f",
            result("run").at("/outcome/network/testAccuracyPercent").asDouble());

    Answer again = run("train", "--config", TRAIN, "--output", at("run"));
    Answer other = run("train", "--config", TRAIN, "--output", at("run"), "--seed", "2");
    Answer evaluated = run("evaluate", "--run", at("run"));
    Answer exported = run("export", "--run", at("run"), "--output", at("exported"), "--batch", "8");
    Answer cost = run("cost", "--network", at("run/model/network.json"));

    assertThat(again.text()).startsWith("done: ");
    assertThat(again.code()).isZero();
    assertThat(other.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(other.text()).contains("'seed: 1', now 'seed: 2'", "--fresh");
    assertThat(evaluated.text()).startsWith("accuracy " + accuracy + " %");
    pictures("new/1", "new/7");
    pictures("foreign/seven");
    Answer onNew = run("evaluate", "--run", at("run"), "--data", at("new"));
    Answer onForeign = run("evaluate", "--run", at("run"), "--data", at("foreign"));
    Answer both = run("evaluate", "--run", at("run"), "--data", at("new"), "--part", "test");
    assertThat(onNew.text()).contains(" on 2 images", "\n7 ", "\n9 ");
    assertThat(onForeign.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(onForeign.text()).contains("there is no class 'seven', only 0, 1, 2");
    assertThat(both.text()).contains("not both");
    assertThat(exported.code()).as(exported.text()).isZero();
    assertThat(names("exported")).contains("model.onnx", "model-dl4j.zip", "proof.json");
    assertThat(cost.text()).contains("115,360 MACs (230,720 FLOPs)", "9,042 parameters");
  }

  @Test
  void aProcessAskedToEndLeavesARunThatComesToTheSameBits() throws Exception {
    String config = at("long.yaml");
    Files.writeString(
        Path.of(config), Files.readString(Path.of(TRAIN)).replace("epochs: 4", "epochs: 25"));

    Process process = start("train", "--config", config, "--output", at("stopped"));
    List<String> lines = Collections.synchronizedList(new ArrayList<>());
    AtomicBoolean asked = new AtomicBoolean();
    try (BufferedReader reader = process.inputReader()) {
      reader
          .lines()
          .forEach(
              line -> {
                lines.add(line);
                if (line.contains("epoch 3") && !asked.getAndSet(true)) {
                  boolean unused = process.toHandle().destroy();
                }
              });
    }
    int code = process.waitFor();
    Answer resumed = run("train", "--config", config, "--output", at("stopped"));
    Answer whole = run("train", "--config", config, "--output", at("whole"));

    assertThat(code).as(String.join("\n", lines)).isEqualTo(ExitCode.STOPPED);
    assertThat(String.join("\n", lines)).contains("run the same command again to go on");
    assertThat(resumed.text()).contains("going on from checkpoint 000001");
    assertThat(whole.code()).as(whole.text()).isZero();
    assertThat(result("stopped").get("fingerprint")).isEqualTo(result("whole").get("fingerprint"));
  }

  @Test
  void aProcessAskedToEndBeforeItsWorkBeginsSaysSoWithoutAStackTrace() throws Exception {
    for (String config : List.of(TRAIN, SEARCH)) {
      String command = config.equals(TRAIN) ? "train" : "search";
      Process process = start(command, "--config", config, "--output", at(command));
      List<String> lines = new ArrayList<>();
      try (BufferedReader reader = process.inputReader()) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          if (lines.isEmpty()) { // the plan; neither the run nor Spark is there yet
            boolean unused = process.toHandle().destroy();
          }
          lines.add(line);
        }
      }

      assertThat(process.waitFor()).as(String.join("\n", lines)).isEqualTo(ExitCode.STOPPED);
      assertThat(lines).noneMatch(line -> line.matches("\\s+at .*|Exception in .*"));
      assertThat(String.join("\n", lines)).contains("stop");
    }
  }

  private static Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static Answer run(String... arguments) {
    StringWriter text = new StringWriter();
    PrintWriter writer = new PrintWriter(text, true);
    return new Answer(Main.run(arguments, writer, writer), text.toString());
  }

  private JsonNode result(String run) throws IOException {
    return new ObjectMapper().readTree(new File(at(run + "/result.json")));
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private List<String> names(String name) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(name))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private record Answer(int code, String text) {}
}
