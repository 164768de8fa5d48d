package org.espalier.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.espalier.data.SplitSettings;
import org.espalier.data.format.DatasetSettings;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ParameterSet;
import org.espalier.network.ReadyMade.Family;
import org.espalier.training.TrainedWeights;
import org.junit.jupiter.api.Test;

class ModelFilesTest {
  private static final JobData DIGITS =
      JobData.open("data", new DatasetSettings.Digits(), SplitSettings.STANDARD);

  @Test
  void aModelThatAgreesWithItsExportsHasThemAll() {
    ModelFiles.Exported exported = export(0.01f);

    assertThat(exported.problems()).isEmpty();
    assertThat(exported.files())
        .containsOnlyKeys(
            "network.json",
            "weights.espalier",
            "input.json",
            "split.json",
            "model.onnx",
            "model-dl4j.zip",
            "proof.json");
  }

  @Test
  void aModelWhoseExportsCannotBeProvedKeepsItsWeights() {
    ModelFiles.Exported exported = export(1e38f);

    assertThat(exported.problems())
        .hasSize(2)
        .allMatch(problem -> problem.contains("export does not agree with the network"));
    assertThat(exported.files())
        .containsOnlyKeys(
            "network.json", "weights.espalier", "input.json", "split.json", "proof.json");
    assertThat(ModelFiles.read(exported.files(), "here").network().weights().values())
        .startsWith(1e38f);
    assertThat(new String(exported.files().get("proof.json"), UTF_8))
        .contains("\"passed\" : false");
  }

  /** Weights that are all the same; with large ones no logit is finite. */
  private static ModelFiles.Exported export(float weight) {
    NetworkSpec spec =
        Family.PLAIN.build(DIGITS.data().images().shape(), 10, List.of(2, 2, 2, 2, 2, 2));
    try (ParameterSet set = ParameterSet.allocate(spec)) {
      float[] values = new float[set.values().length];
      float[] buffers = new float[set.buffers().length];
      Arrays.fill(values, weight);
      Arrays.fill(buffers, 1);
      FinalNetwork network =
          new FinalNetwork(
              spec,
              new TrainedWeights(values, buffers),
              DIGITS.normalization(),
              DIGITS.data().images().maxValue());
      return ModelFiles.export(network, DIGITS, ExportSettings.STANDARD);
    }
  }
}
