package org.espalier.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import onnx.Onnx;
import org.espalier.data.SplitSettings;
import org.espalier.data.format.DatasetSettings;
import org.espalier.data.format.PicturePreprocessing;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ParameterSet;
import org.espalier.network.ReadyMade.Family;
import org.espalier.text.InputException;
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

  @Test
  void aModelSaysWhatMakesItsImagesOfPictures() {
    ModelFiles.Stored stored = ModelFiles.read(export(0.01f).files(), "here");

    assertThat(stored.preprocessing()).contains(new PicturePreprocessing(true, false, 50_000_000));
    assertThat(stored.classes()).hasSize(10);
  }

  @Test
  void anOnnxFileSaysWhichVersionWroteIt() throws IOException {
    Onnx.ModelProto file = Onnx.ModelProto.parseFrom(export(0.01f).files().get("model.onnx"));

    assertThat(file.getProducerName()).isEqualTo("espalier");
    assertThat(file.getProducerVersion()).isEqualTo(Build.here().version()).isNotEmpty();
  }

  @Test
  void aModelOfAnOlderProgramIsReadWithoutWhatItDoesNotSay() {
    ModelFiles.Stored stored =
        ModelFiles.read(
            changed("\"format\" : 2,", "", ",\\s*\"preprocessing\" : \\{[^}]*\\}", ""), "here");

    assertThat(stored.preprocessing()).isEmpty();
    assertThat(stored.classes()).hasSize(10);
  }

  @Test
  void aModelOfANewerProgramOrWithPartsThatDoNotFitIsRefused() {
    refused(
        changed("\"format\" : 2", "\"format\" : 3"), "format 3, and this espalier reads up to 2");
    refused(changed("\"0\", ", ""), "here/input.json names 9 classes, and the network beside it");
    refused(changed("\"classes\" : \\[[^]]*\\],", ""), "names 0 classes");
    refused(
        changed("\"(mean|deviation)\" : \\[ ", "$0 0.5, "),
        "normalises 2 channels, and the network beside it takes images of 1");
    refused(changed("\"scaled\" : true", "\"scaled\" : 1.5"), "here/input.json is damaged");
    refused(changed("\"maxPixels\" : 5", "\"maxPixels\" : -5"), "maxPixels must be at least 1");
  }

  private static void refused(Map<String, byte[]> files, String message) {
    assertThatThrownBy(() -> ModelFiles.read(files, "here"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }

  /**
   * A model with another {@code input.json}.
   *
   * @param changes pairs of an expression that is found in it and what replaces it
   */
  private static Map<String, byte[]> changed(String... changes) {
    Map<String, byte[]> files = new HashMap<>(export(0.01f).files());
    String input = new String(files.get("input.json"), UTF_8);
    for (int i = 0; i < changes.length; i += 2) {
      assertThat(input).containsPattern(changes[i]);
      input = input.replaceAll(changes[i], changes[i + 1]);
    }
    files.put("input.json", input.getBytes(UTF_8));
    return files;
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
