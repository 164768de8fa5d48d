package org.espalier.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import org.espalier.cost.NetworkCost;
import org.espalier.network.ImageShape;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ReadyMade;
import org.espalier.search.Assessment;
import org.espalier.training.Score;
import org.junit.jupiter.api.Test;

class CandidateFilesTest {
  private static final NetworkSpec SPEC =
      ReadyMade.plain(new ImageShape(8, 8, 1), 10, List.of(4), List.of(1));
  private static final Assessment GOOD =
      new Assessment(
          "trial", "candidate 0", "[4, 8]", SPEC, Optional.of(new Score(0.25, 0.75)), 12, "", true);
  private static final Assessment FAILED =
      new Assessment(
          "trial", "candidate 1", "so \"wide\"", SPEC, Optional.empty(), 0, "ran\naway", false);

  @Test
  void aLineIsALookWithWhatItWasItsCostAndItsScore() throws Exception {
    List<String> lines = CandidateFiles.jsonLines(List.of(GOOD, FAILED)).lines().toList();

    assertThat(lines).hasSize(2);
    JsonNode good = new ObjectMapper().readTree(lines.get(0));
    assertThat(good.path("phase").asText()).isEqualTo("trial");
    assertThat(good.path("description").asText()).isEqualTo("[4, 8]");
    assertThat(good.path("macs").asLong()).isEqualTo(NetworkCost.of(SPEC).macs());
    assertThat(good.path("parameters").asLong()).isEqualTo(NetworkCost.of(SPEC).parameters());
    assertThat(good.path("validationAccuracyPercent").asDouble()).isEqualTo(75);
    assertThat(good.path("validationLoss").asDouble()).isEqualTo(0.25);
    assertThat(good.path("plannedWorkMacs").asLong()).isEqualTo(12);
    assertThat(good.path("chosen").asBoolean()).isTrue();
    assertThat(good.path("widths").properties()).hasSize(2);
    assertThat(good.has("failure")).isFalse();
    JsonNode failed = new ObjectMapper().readTree(lines.get(1));
    assertThat(failed.path("failure").asText()).isEqualTo("ran\naway");
    assertThat(failed.has("validationAccuracyPercent")).isFalse();
  }

  @Test
  void aRowOfCommaSeparatedValuesQuotesWhatNeedsIt() {
    String csv = CandidateFiles.csv(List.of(GOOD, FAILED));

    assertThat(csv).startsWith("phase,label,description,network,").endsWith("\r\n");
    assertThat(csv)
        .contains("\r\ntrial,candidate 0,\"[4, 8]\",")
        .contains(",75.0,0.25,12,true,\r\n")
        .contains("\r\ntrial,candidate 1,\"so \"\"wide\"\"\",")
        .contains(",,,0,false,\"ran\naway\"\r\n");
  }
}
