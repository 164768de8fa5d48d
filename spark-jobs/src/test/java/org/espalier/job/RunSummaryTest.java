package org.espalier.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.run.FinishedRun;
import org.espalier.run.RunResult;
import org.espalier.text.InputException;
import org.junit.jupiter.api.Test;

class RunSummaryTest {
  private static final Map<String, ?> FOUND =
      Map.of("role", "found", "name", "resnet8", "macs", 500, "testAccuracyPercent", 97.0);

  @Test
  void aTrainingHasOneNetworkOfOneSeed() {
    RunSummary summary =
        RunSummary.of(
            finished(
                Map.of("seed", 3, "network", FOUND),
                Map.of("command", "train"),
                "config.yaml",
                "model/model.onnx",
                "result.json"));

    JsonNode json = summary.json();
    assertThat(json.path("command").asText()).isEqualTo("train");
    assertThat(json.path("run").asText()).isEqualTo("/runs/one");
    assertThat(json.path("seed").asInt()).isEqualTo(3);
    assertThat(json.at("/network/macs").asInt()).isEqualTo(500);
    assertThat(json.at("/network/testAccuracyPercent/mean").asDouble()).isEqualTo(97);
    assertThat(json.at("/network/testAccuracyPercent/deviation").asDouble()).isZero();
    assertThat(json.at("/network/seeds").asInt()).isEqualTo(1);
    assertThat(json.path("baselines")).isEmpty();
    assertThat(json.path("files"))
        .hasToString(
            "{\"config\":\"/runs/one/config.yaml\",\"onnx\":\"/runs/one/model/model.onnx\","
                + "\"result\":\"/runs/one/result.json\",\"model\":\"/runs/one/model\"}");
    assertThat(summary.problems()).isEmpty();
    assertThat(summary.fingerprint()).hasSize(64);
  }

  @Test
  void theNetworkOfASearchHasTheFiguresOfItsRoleAndBaselinesTheirOwn() {
    RunSummary summary =
        RunSummary.of(
            finished(
                Map.of(
                    "command",
                    "search",
                    "exported",
                    1,
                    "networks",
                    List.of(Map.of("role", "found", "macs", 400), FOUND),
                    "roles",
                    List.of(role("found", "", 97.5, 2), role("uniform widths", "", 96, 3))),
                Map.of("problemsOfExports", List.of("the ONNX export does not agree"))));

    JsonNode json = summary.json();
    assertThat(json.path("command").asText()).as("of an older program").isEqualTo("search");
    assertThat(json.at("/network/macs").asInt()).isEqualTo(500);
    assertThat(json.at("/network/testAccuracyPercent/mean").asDouble()).isEqualTo(97.5);
    assertThat(json.at("/network/testAccuracyPercent/deviation").asDouble()).isEqualTo(0.5);
    assertThat(json.at("/network/seeds").asInt()).isEqualTo(2);
    assertThat(json.path("baselines")).hasSize(1);
    assertThat(json.at("/baselines/0/role").asText()).isEqualTo("uniform widths");
    assertThat(json.at("/baselines/0/macs").asDouble()).isEqualTo(1000);
    assertThat(json.at("/baselines/0/seeds").asInt()).isEqualTo(3);
    assertThat(json.has("others")).isFalse();
    assertThat(summary.problems()).containsExactly("the ONNX export does not agree");
  }

  @Test
  void whatWasFoundOnOtherDataIsNoBaseline() {
    JsonNode json =
        RunSummary.of(
                finished(
                    Map.of(
                        "exported",
                        0,
                        "networks",
                        List.of(Map.of("role", "found", "dataSet", "b")),
                        "roles",
                        List.of(role("found", "a", 90, 1), role("found", "b", 80, 1))),
                    Map.of()))
            .json();

    assertThat(json.at("/network/dataSet").asText()).isEqualTo("b");
    assertThat(json.at("/network/testAccuracyPercent/mean").asDouble()).isEqualTo(80);
    assertThat(json.path("others")).hasSize(1);
    assertThat(json.at("/others/0/dataSet").asText()).isEqualTo("a");
    assertThat(json.path("baselines")).isEmpty();
  }

  @Test
  void aRunWithoutANetworkHasWhatElseItMade() {
    JsonNode json =
        RunSummary.of(
                finished(
                    Map.of(
                        "artefacts",
                        List.of(Map.of("kind", "table", "name", "counts", "version", 3)),
                        "networks",
                        List.of()),
                    Map.of()))
            .json();

    assertThat(json.has("network")).isFalse();
    assertThat(json.at("/artefacts/0/folder").asText()).isEqualTo("/runs/one/artefacts/counts");
    assertThat(json.at("/artefacts/0/kind").asText()).isEqualTo("table");
  }

  @Test
  void aResultThatIsNoJsonIsNamed() {
    FinishedRun run = new FinishedRun("/runs/one", "{", List.of());

    assertThatThrownBy(() -> RunSummary.of(run))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("/runs/one/result.json is damaged");
  }

  private static Map<String, Object> role(String role, String data, double accuracy, int seeds) {
    Map<String, Object> figures = new TreeMap<>();
    figures.put("role", role);
    if (!data.isEmpty()) {
      figures.put("dataSet", data);
    }
    figures.put("seeds", seeds);
    figures.put("testAccuracyPercent", Map.of("mean", accuracy, "deviation", 0.5));
    figures.put("macs", Map.of("mean", 1000.0, "deviation", 0.0));
    figures.put("parameters", Map.of("mean", 10.0, "deviation", 0.0));
    return figures;
  }

  private static FinishedRun finished(
      Map<String, ?> outcome, Map<String, ?> circumstances, String... files) {
    return new FinishedRun(
        "/runs/one", new RunResult(outcome, circumstances).toJson(), List.of(files));
  }
}
