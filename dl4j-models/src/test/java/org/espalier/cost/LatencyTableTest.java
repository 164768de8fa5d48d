package org.espalier.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.network.ImageShape;
import org.espalier.network.ReadyMade.Family;
import org.espalier.text.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatencyTableTest {
  private static final NetworkCost COST =
      NetworkCost.of(Family.PLAIN.build(new ImageShape(4, 4, 1), 3, Family.PLAIN.usualWidths()));
  private static final LatencyTable TABLE =
      new LatencyTable(
          LatencyTable.FORMAT,
          "plain networks",
          new LatencyTable.Device("phone", 1, "runtime 1", "wall time", "today"),
          times(),
          new LatencyTable.Correction(
              5, Map.of("convolution", 1.5, "relu", 0.0), Map.of("convolution", 0.25), 3),
          List.of(new LatencyTable.Checked("one", 40, 30, 42)));

  @TempDir private Path folder;

  /** Two microseconds for each operation. */
  private static Map<String, LatencyTable.Time> times() {
    Map<String, LatencyTable.Time> times = new TreeMap<>();
    for (LayerCost layer : COST.layers()) {
      layer
          .signature()
          .ifPresent(signature -> times.put(signature, new LatencyTable.Time(2, 1, 4)));
    }
    return times;
  }

  @Test
  void aNetworkTakesTheCorrectedSumOfItsOperations() throws IOException {
    Path file = Files.writeString(folder.resolve("phone.json"), TABLE.toJson());
    double expected = 5;
    for (LayerCost layer : COST.layers()) {
      String kind = layer.signature().map(LatencyTable::kind).orElse("");
      expected +=
          switch (kind) {
            case "", "relu" -> 0;
            case "convolution" -> 0.25 + 1.5 * 2;
            default -> 2;
          };
    }

    Latency latency = Latency.read(file);

    assertThat(latency.of(COST) / 1000.0).isEqualTo(expected, within(1e-9));
    assertThat(latency.space()).isEqualTo("plain networks");
    assertThat(latency.ofEveryNetwork()).isEqualTo(5000);
    WeightedSum half = new WeightedSum(List.of(new WeightedSum.Term(latency, 0.5)));
    assertThat(half.of(COST) / 1e6).isEqualTo(expected / 2, within(1e-6));
    Files.delete(file);
    assertThat(new Latency(file.toString(), latency.entries(), latency.network(), latency.space()))
        .isEqualTo(latency);
  }

  @Test
  void networksOfAnotherSpaceAreRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("phone.json"), TABLE.toJson());
    Latency latency = Latency.read(file);
    WeightedSum weighted = new WeightedSum(List.of(new WeightedSum.Term(latency, 0.5)));

    latency.checkMeantFor("plain networks");
    Latency.ofEntries(Map.of("add 1 1", 1.0)).checkMeantFor("any");
    for (Resource resource : List.of(latency, weighted)) {
      assertThatThrownBy(() -> resource.checkMeantFor("wide networks"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("phone.json was made for other networks: for plain networks")
          .hasMessageContaining("wide networks");
    }
  }

  @Test
  void activationsNeedAnEntryInATableThatWasMeasured() throws IOException {
    String relu =
        TABLE.operations().keySet().stream()
            .filter(each -> each.startsWith("relu "))
            .findFirst()
            .orElseThrow();
    Map<String, LatencyTable.Time> fewer = new TreeMap<>(TABLE.operations());
    fewer.remove(relu);
    LatencyTable lacks =
        new LatencyTable(
            LatencyTable.FORMAT,
            "plain networks",
            TABLE.device(),
            fewer,
            TABLE.correction(),
            List.of());
    Path file = Files.writeString(folder.resolve("lacks.json"), lacks.toJson());
    Map<String, Double> byHand = new TreeMap<>();
    fewer.forEach((signature, time) -> byHand.put(signature, time.microseconds()));

    assertThatThrownBy(() -> Latency.read(file).of(COST))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("lacks.json has no entry '" + relu + "'");
    assertThat(Latency.ofEntries(byHand).of(COST)).isPositive();
  }

  @Test
  void theJsonIsReadBackAndChecked() {
    String json = TABLE.toJson();

    assertThat(LatencyTable.fromJson(json, "phone.json")).isEqualTo(TABLE);
    refused(json.replace("\"format\" : 2", "\"format\" : 1"), "format 1, this program reads");
    refused(json.replace("\"microseconds\" : 2.0", "\"microseconds\" : 0"), "microseconds must");
    refused(json.replace("\"microseconds\" : 2.0", "\"microseconds\" : NaN"), "'NaN'");
    refused(json.replace("\"microseconds\" : 2.0", "\"microseconds\" : -1"), "must be above 0");
    refused(json.replace("\"relu\" : 0.0", "\"relu\" : -1"), "the factor of relu must be at least");
    refused(json.replace("\"network\" : 5.0", "\"network\" : -5"), "network must be at least 0");
    refused(json.replace("\"threads\" : 1", "\"threads\" : 0"), "threads must be at least 1");
    refused(json.replace("plain networks", ""), "space must say");
  }

  @Test
  void aKindIsWhatStandsBeforeTheSizes() {
    assertThat(LatencyTable.kind("convolution3x3s2d2 8x8x1 4x4x3")).isEqualTo("convolution");
    assertThat(LatencyTable.kind("relu6 8x8x1 8x8x1")).isEqualTo("relu6");
    assertThat(LatencyTable.kind("linear 64 10")).isEqualTo("linear");
  }

  private static void refused(String json, String message) {
    assertThatThrownBy(() -> LatencyTable.fromJson(json, "phone.json"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("phone.json")
        .hasMessageContaining(message);
  }
}
