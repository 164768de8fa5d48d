package org.espalier.toy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.espalier.cli.Program;
import org.espalier.job.RegistryLine;
import org.espalier.spark.StandaloneCluster;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One package and one line are a method of the program: all that a person sees of it. */
class HillClimbingIT {
  private static final String CONFIG =
      """
      checkpointSeconds: 0
      data: {format: digits}
      hillClimbing:
        budget: {macs: 40000}
        choices: {shares: [0.25, 0.5, 0.75]}
        rounds: 3
        attempts: 2
        baselines: [uniform, random]
        split: {validationShare: 0.15, testShare: 0.25}
        trial: {epochs: 1, batchSize: 32}
        retrain: {epochs: 4, batchSize: 32}
      """;

  @TempDir static Path folder;
  private static Program.Answer whole;

  @BeforeAll
  static void climb() throws Exception {
    Files.writeString(folder.resolve("climb.yaml"), CONFIG);
    whole = run(command("whole", "local[2]"));
  }

  @Test
  void helpNamesTheMethodAndItsCommand() throws Exception {
    assertThat(run("--help").text()).contains("climb", "Climb over widths: 100 % of steps are");
    assertThat(run("search", "--help").text())
        .contains("affineSharing: Width search with affine parameter sharing (espalier width)")
        .contains("hillClimbing: Hill climbing over widths (espalier climb)");
    assertThat(run("climb", "--help").text())
        .contains("Usage: espalier climb", "Climb over widths: 100 % of steps are", "--dry-run");
    assertThat(Program.run("width", "--help").text())
        .contains("Usage: espalier width", "Search the widths of a network", "--dry-run");
    assertThat(Program.run("climb").text()).contains("Unmatched argument");
  }

  @Test
  void aDryRunPrintsThePlanAndWritesNothing() throws Exception {
    Program.Answer answer = run("climb", "--config", at("climb.yaml"), "--dry-run");

    assertThat(answer.code()).as(answer.text()).isZero();
    assertThat(answer.text())
        .contains("Hill climbing over widths: a climb of up to 3 rounds of 2 networks", "memory");
  }

  @Test
  void aRunEndsWithNetworksBaselinesAReportAndCheckpoints() throws Exception {
    assertThat(whole.code()).as(whole.text()).isZero();
    assertThat(whole.text()).contains("Hill climbing over widths", "found: test accuracy");
    JsonNode networks = result("whole").at("/outcome/networks");
    assertThat(networks.findValuesAsText("role"))
        .containsExactly("found", "uniform widths", "random search");
    assertThat(folder.resolve("whole/report.html"))
        .content()
        .contains("Networks of the climb", "accuracy after an epoch", "Planned work")
        .contains("uniform widths", "random search, the baseline");
    assertThat(folder.resolve("whole/report.html"))
        .content()
        .contains("<h2>Verdict</h2>", "it cannot be told whether that is more than noise")
        .contains("href=\"./model/model.onnx\"", "download=\"candidates.csv\"")
        .doesNotContain("not finished");
    assertThat(result("whole").at("/outcome/roles").findValuesAsText("role"))
        .containsExactly("found", "uniform widths", "random search");
    assertThat(networks.get(0).path("description").asText()).startsWith("[");
    assertThat(networks.get(0).path("widths").properties()).isNotEmpty();
    assertThat(Files.readString(folder.resolve("whole/candidates.jsonl")).lines())
        .anyMatch(line -> line.contains("\"phase\":\"search\""))
        .anyMatch(line -> line.contains("\"phase\":\"retrain\""))
        .anyMatch(line -> line.contains("\"chosen\":true"));
    assertThat(Program.run("runs", folder.toString()).text())
        .containsPattern("(?m)^whole +climb +done +100 % +test accuracy");
    assertThat(folder.resolve("whole/model/network.json")).exists();
    assertThat(folder.resolve("whole/checkpoints").toFile().list()).isNotEmpty();

    assertThat(run(command("whole", "local[2]")).text()).startsWith("done: ");
  }

  @Test
  void aKilledRunGoesOnToTheSameBits() throws Exception {
    RegistryLine.write(HillClimbing.class, folder);
    String classPath = folder + File.pathSeparator + System.getProperty("java.class.path");
    Process driver = Program.start(classPath, folder.resolve("log"), command("killed", "local[1]"));
    try {
      StandaloneCluster.await(
          "the driver has written two checkpoints",
          () -> Files.exists(folder.resolve("killed/checkpoints/000002/MANIFEST")));
    } finally {
      driver.destroyForcibly().waitFor();
    }
    assertThat(folder.resolve("killed/_SUCCESS")).doesNotExist();
    assertThat(folder.resolve("killed/report.html"))
        .content()
        .contains("Unfinished: ", "This run is not finished.", "Search so far")
        .endsWith("</html>\n");
    assertThat(Program.run("runs", folder.toString()).text())
        .containsPattern("(?m)^killed +climb +(running|silent) +[0-9]+ %");

    Program.Answer answer = run(command("killed", "local[1]"));

    assertThat(answer.code()).as(answer.text()).isZero();
    assertThat(answer.text()).contains("going on from checkpoint 00000");
    assertThat(result("killed").get("fingerprint")).isEqualTo(result("whole").get("fingerprint"));
  }

  private static Program.Answer run(String... arguments) throws Exception {
    return RegistryLine.with(HillClimbing.class, folder, () -> Program.run(arguments));
  }

  private static String[] command(String run, String master) {
    return new String[] {
      "climb", "--config", at("climb.yaml"), "--output", at(run), "--master", master
    };
  }

  private static JsonNode result(String run) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(run + "/result.json").toFile());
  }

  private static String at(String name) {
    return folder.resolve(name).toString();
  }
}
