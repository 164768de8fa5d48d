package org.espalier.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.espalier.network.ImageShape;
import org.espalier.network.Layer;
import org.espalier.network.NetworkBuilder;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ParameterSet;
import org.espalier.network.ReadyMade.Family;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class Dl4jExportTest {
  private static final NetworkSpec SPEC = ExportedNetworks.everyLayer();
  private static ParameterSet parameters;
  private static byte[] file;

  @BeforeAll
  static void export() {
    parameters = ExportedNetworks.scattered(SPEC, 11);
    file = Dl4jExport.bytes(TrainedModel.of(parameters));
  }

  @AfterAll
  static void free() {
    parameters.close();
  }

  @Test
  void theFileHoldsDl4jsOwnClassesAndNoJavaObjects() throws IOException {
    Map<String, byte[]> entries = entries(file);
    String configuration = new String(entries.get("configuration.json"), StandardCharsets.UTF_8);

    assertThat(entries.keySet()).containsExactly("configuration.json", "coefficients.bin");
    assertThat(configuration).doesNotContain("espalier");
    assertThat(
            Pattern.compile("\"@class\" : \"([^\"]+)\"")
                .matcher(configuration)
                .results()
                .map(match -> match.group(1)))
        .isNotEmpty()
        .allMatch(name -> name.startsWith("org.deeplearning4j.") || name.startsWith("org.nd4j."));
    // 0xACED0005 opens a Java object stream.
    assertThat(entries.values())
        .noneMatch(bytes -> bytes[0] == (byte) 0xAC && bytes[1] == (byte) 0xED);
  }

  @Test
  void theSameModelGivesTheSameBytes() {
    assertThat(Dl4jExport.bytes(TrainedModel.of(parameters))).isEqualTo(file);
  }

  @Test
  void plainDl4jWithItsUsualWorkspacesGivesTheSameLogitsTwice() throws IOException {
    float[] images = ExportedNetworks.images(SPEC.input(), 3, 2);
    float[] expected;
    try (Dl4jModel model = Dl4jModel.open(file, SPEC.input())) {
      expected = model.logits(images, 3);
    }
    ComputationGraph graph =
        ModelSerializer.restoreComputationGraph(new ByteArrayInputStream(file), false);
    ImageShape image = SPEC.input();
    float[] ordered =
        Kernels.channelsFirst(images, 3, image.height() * image.width(), image.channels());
    INDArray input =
        Nd4j.create(ordered, new long[] {3, image.channels(), image.height(), image.width()}, 'c');

    INDArray first = graph.outputSingle(input);
    INDArray second = graph.outputSingle(input);

    assertThat(first.dup('c').data().asFloat()).isEqualTo(expected);
    assertThat(second.dup('c').data().asFloat()).isEqualTo(expected);
    assertThat(input.data().asFloat()).isEqualTo(ordered);
  }

  @Test
  void dl4jCanTrainTheGraphOn() {
    NetworkSpec spec = Family.PLAIN.build(new ImageShape(6, 5, 2), 4, List.of(8, 8, 8, 8, 8, 8));
    try (ParameterSet set = ExportedNetworks.parameters(spec, 7)) {
      ComputationGraph graph = Dl4jExport.graph(TrainedModel.of(set), Dl4jGraph.Head.SOFTMAX);
      INDArray images =
          Nd4j.create(ExportedNetworks.images(spec.input(), 8, 1), new long[] {8, 2, 6, 5}, 'c');
      float[] classes = new float[8 * 4];
      for (int i = 0; i < 8; i++) {
        classes[4 * i + i % 4] = 1;
      }
      INDArray labels = Nd4j.create(classes, new long[] {8, 4}, 'c');
      INDArray[] inputs = {images};
      INDArray[] outputs = {labels};

      graph.fit(inputs, outputs);
      double before = graph.score();
      for (int step = 0; step < 30; step++) {
        graph.fit(inputs, outputs);
      }

      assertThat(graph.score()).isLessThan(0.75 * before);
    }
  }

  @Test
  void aNetworkWithoutParametersIsRefused() {
    NetworkSpec spec =
        new NetworkBuilder("mean", new ImageShape(2, 2, 2))
            .with("pool", new Layer.GlobalAveragePooling(), NetworkSpec.INPUT)
            .build();
    try (ParameterSet set = ParameterSet.allocate(spec)) {
      TrainedModel model = TrainedModel.of(set);

      assertThatThrownBy(() -> Dl4jExport.bytes(model))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("network 'mean' has no parameters");
    }
  }

  static Map<String, byte[]> entries(byte[] zip) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.put(entry.getName(), in.readAllBytes());
      }
    }
    return entries;
  }
}
