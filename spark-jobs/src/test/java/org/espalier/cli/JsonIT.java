package org.espalier.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that are asked for JSON say it alone, in one line, with the keys of the page on it. */
class JsonIT {
  private static final String CONFIG = "../conf/train-digits-small.yaml";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of everything that was printed. */
  private static final Set<String> KEYS = new TreeSet<>();

  @TempDir static Path folder;
  private static JsonNode trained;

  @BeforeAll
  static void train() throws IOException {
    trained = json("train", "--config", CONFIG, "--output", at("run"));
  }

  @AfterAll
  static void everyKeyIsOnThePage() throws IOException {
    String page = Files.readString(Path.of("../docs/programs.md"));

    assertThat(KEYS).hasSizeGreaterThan(50).allSatisfy(key -> assertThat(page).contains(key + "`"));
  }

  @Test
  void aTrainingSaysItsNetworkWheneverItIsAsked() throws IOException {
    JsonNode result = JSON.readTree(Path.of(at("run/result.json")).toFile());

    assertThat(trained.path("fingerprint")).isEqualTo(result.path("fingerprint"));
    assertThat(trained.path("run").asText()).isEqualTo(at("run"));
    assertThat(trained.at("/network/testAccuracyPercent/mean"))
        .isEqualTo(result.at("/outcome/network/testAccuracyPercent"));
    for (JsonNode file : trained.path("files")) {
      assertThat(Path.of(file.asText())).exists();
    }
    assertThat(trained.path("files")).hasSize(6);
    assertThat(json("train", "--config", CONFIG, "--output", at("run"))).isEqualTo(trained);
  }

  @Test
  void aSearchSaysWhatItFoundAndWhatItIsComparedWith() throws IOException {
    String config = Program.searchOfManyRounds(folder).toString();
    JsonNode planned = json("search", "--config", config, "--output", at("search"), "--dry-run");
    assertThat(planned.path("plan").toString()).contains("data      1797 images");
    assertThat(Path.of(at("search"))).doesNotExist();

    JsonNode found = json("search", "--config", config, "--output", at("search"));

    JsonNode outcome = JSON.readTree(Path.of(at("search/result.json")).toFile()).path("outcome");
    assertThat(found.path("method").asText()).isEqualTo("randomWidths");
    assertThat(found.at("/network/macs"))
        .isEqualTo(outcome.path("networks").path(outcome.path("exported").asInt()).path("macs"));
    assertThat(found.at("/network/testAccuracyPercent"))
        .isEqualTo(outcome.at("/roles/0/testAccuracyPercent"));
    assertThat(found.path("baselines")).hasSize(outcome.path("roles").size() - 1);
    assertThat(Path.of(found.at("/files/candidates").asText())).exists();
  }

  @Test
  void commandsAroundARunSayTheirFigures() throws IOException {
    JsonNode evaluated = json("evaluate", "--run", at("run"));
    JsonNode exported = json("export", "--run", at("run"), "--output", at("exported"));
    JsonNode cost = json("cost", "--network", at("run/model/network.json"));
    JsonNode runs = json("runs", folder.toString());
    JsonNode doctor = json("doctor");

    assertThat(evaluated.path("accuracyPercent"))
        .isEqualTo(trained.at("/network/testAccuracyPercent/mean"));
    assertThat(evaluated.path("classes")).hasSize(10);
    assertThat(exported.at("/proofs/0/agreeingPercent").asDouble()).isEqualTo(100);
    for (JsonNode file : exported.path("files")) {
      assertThat(Path.of(at("exported"), file.asText())).exists();
    }
    assertThat(cost.path("macs")).isEqualTo(trained.at("/network/macs"));
    assertThat(cost.at("/layers/0/name").asText()).isEqualTo("layer1/conv");
    assertThat(runs.path("runs").findValuesAsText("name")).contains("run");
    assertThat(doctor.path("findings").findValuesAsText("subject")).contains("java", "spark");
  }

  @Test
  void aCommandThatFailsSaysNothingToPrograms() {
    Program.Outputs answer = Program.apart("evaluate", "--run", at("none"), "--json");

    assertThat(answer.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(answer.out()).isEmpty();
    assertThat(answer.err()).contains("none is not a run");
  }

  @Test
  void aPipeGetsTheLineAndASummaryThatNobodyReadsIsAFailure() throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "train",
            "--config",
            CONFIG,
            "--output",
            at("run"),
            "--json");

    Process read =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String line = new String(read.getInputStream().readAllBytes(), UTF_8);
    Process unread = new ProcessBuilder(command).redirectError(Path.of(at("err")).toFile()).start();
    unread.getInputStream().close();

    assertThat(read.waitFor()).isZero();
    assertThat(line).endsWith("}\n");
    assertThat(JSON.readTree(line)).isEqualTo(trained);
    assertThat(unread.waitFor()).isEqualTo(ExitCode.NO_RESOURCES);
    assertThat(Path.of(at("err"))).content().contains("standard output takes no more");
  }

  private static JsonNode json(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--json");
    Program.Outputs answer = Program.apart(all.toArray(String[]::new));
    assertThat(answer.code()).as(answer.err()).isZero();
    assertThat(answer.out()).matches("\\{[^\n]*\\}\n");
    JsonNode json = JSON.readTree(answer.out());
    assertThat(json.path("command").asText()).isEqualTo(arguments[0]);
    collect(json);
    return json;
  }

  private static void collect(JsonNode json) {
    json.fieldNames().forEachRemaining(KEYS::add);
    json.forEach(JsonIT::collect);
  }

  private static String at(String name) {
    return folder.resolve(name).toString();
  }
}
