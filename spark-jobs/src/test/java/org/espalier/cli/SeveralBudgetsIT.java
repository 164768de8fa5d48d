package org.espalier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search within two budgets: two models, of which each is used as any other. */
class SeveralBudgetsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CONFIG =
      """
      data: {format: digits}
      cells:
        space: {type: small}
        budget: {macs: 40000}
        budgetShares: [0.5]
        cells: 1
        channels: 4
        stages: [{cells: 1, rounds: 2}]
        supernet: {itemsPerRound: 1, stepsPerItem: 1, rewards: 2, rewardImages: 50}
        ranking: {candidates: 3, winners: 1}
        baselines: [random]
        retrainings: 1
        trial: {epochs: 1}
        retrain: {epochs: 1}
      """;

  @TempDir private Path folder;

  @Test
  void eachBudgetHasAModelOfItsOwn() throws IOException {
    Path config = Files.writeString(folder.resolve("search.yaml"), CONFIG);
    String run = folder.resolve("run").toString();
    String[] command = {"cells", "--config", config.toString(), "--output", run, "--json"};

    Program.Outputs outputs = Program.apart(command);

    assertThat(outputs.code()).as(outputs.err()).isZero();
    JsonNode summary = JSON.readTree(outputs.out());
    assertThat(summary.at("/network/budget").asText()).isEqualTo("40,000 MACs");
    assertThat(summary.at("/network/macs").asLong()).isLessThanOrEqualTo(40_000);
    JsonNode other = summary.at("/others/0");
    assertThat(other.path("budget").asText()).isEqualTo("20,000 MACs");
    assertThat(other.path("macs").asLong()).isLessThanOrEqualTo(20_000);
    Path model = Path.of(other.path("model").asText());
    assertThat(model).isEqualTo(Path.of(run, "artefacts/found-within-20000-macs"));
    assertThat(Files.readString(Path.of(run, "_SUCCESS")))
        .contains("artefacts/found-within-20000-macs/MANIFEST");
    assertThat(Program.apart(command).out()).isEqualTo(outputs.out());
    assertModelsAreUsed(run);
    Path pictures = Path.of("../docs");
    try (Stream<Path> all = Files.walk(pictures)) {
      Path picture =
          all.filter(each -> each.toString().endsWith(".png")).sorted().findFirst().orElseThrow();
      List<String> lines =
          Program.apart("predict", "--model", model.toString(), picture.toString())
              .out()
              .lines()
              .toList();
      assertThat(lines).hasSize(2);
    }
  }

  private void assertModelsAreUsed(String run) {
    String other = "found-within-20000-macs";
    Program.Answer judged = Program.run("evaluate", "--run", run);
    Program.Answer otherJudged = Program.run("evaluate", "--run", run, "--model", other);
    Program.Answer exported =
        Program.run(
            "export",
            "--run",
            run,
            "--model",
            other,
            "--output",
            folder.resolve("exported").toString());
    Program.Answer none = Program.run("evaluate", "--run", run, "--model", "found");

    assertThat(judged.code()).as(judged.text()).isZero();
    assertThat(otherJudged.code()).as(otherJudged.text()).isZero();
    assertThat(otherJudged.text()).isNotEqualTo(judged.text());
    assertThat(exported.code()).as(exported.text()).isZero();
    assertThat(folder.resolve("exported/model.onnx"))
        .hasSameBinaryContentAs(Path.of(run, "artefacts/found-within-20000-macs/model.onnx"));
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.text())
        .contains(
            "has no model found; beside the one in model/ there are: found-within-20000-macs");
  }
}
