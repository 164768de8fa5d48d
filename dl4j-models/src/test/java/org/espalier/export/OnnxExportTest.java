package org.espalier.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import onnx.Onnx;
import org.espalier.network.ImageShape;
import org.espalier.network.Layer;
import org.espalier.network.Network;
import org.espalier.network.NetworkBuilder;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ParameterSet;
import org.espalier.network.ReadyMade.Family;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OnnxExportTest {
  private static final NetworkSpec SPEC =
      Family.SEPARABLE.build(new ImageShape(9, 8, 2), 5, List.of(8, 8, 8, 8, 8, 8, 8));
  private static final float[] IMAGES = ExportedNetworks.images(SPEC.input(), 7, 5);
  private static final OnnxOptions DEFAULT = OnnxOptions.DEFAULT;
  private static ParameterSet parameters;
  private static TrainedModel model;

  @BeforeAll
  static void allocate() {
    parameters = ExportedNetworks.parameters(SPEC, 11);
    model = TrainedModel.of(parameters);
  }

  @AfterAll
  static void free() {
    parameters.close();
  }

  @Test
  void foldedBatchNormsLeaveTheGraphAndNotTheLogits() {
    assertThat(operators(DEFAULT)).doesNotContain("BatchNormalization");
    assertThat(operators(DEFAULT.withFolding(false)))
        .filteredOn("BatchNormalization"::equals)
        .hasSize(13);
    assertThat(difference(logits(DEFAULT.withFolding(false)), logits(DEFAULT))).isLessThan(1e-5);
  }

  @Test
  void aBatchNormOfASharedConvolutionIsNotFolded() {
    NetworkSpec spec = ExportedNetworks.everyLayer();
    try (ParameterSet set = ExportedNetworks.scattered(spec, 3)) {
      List<Onnx.NodeProto> nodes =
          OnnxExport.model(TrainedModel.of(set), DEFAULT).getGraph().getNodeList();

      // The sparse convolutions are read by an addition too; "pools/norm" reads a slice.
      assertThat(nodes)
          .filteredOn(node -> node.getOpType().equals("BatchNormalization"))
          .hasSize(9)
          .allMatch(
              node ->
                  node.getName().endsWith("/sparseNorm") || node.getName().equals("pools/norm"));
    }
  }

  @Test
  void termsThatAreZerosAreLeftOutAndWhatOnlyTheyReadToo() {
    NetworkSpec spec =
        new NetworkBuilder("zeros", new ImageShape(6, 6, 2))
            .with("conv", new Layer.Convolution(4, 3, 1, 1, true), NetworkSpec.INPUT)
            .with("dead", new Layer.Convolution(4, 3, 1, 1, true), "conv")
            .with("none1", Layer.Scale.ZERO, "conv")
            .with("none2", Layer.Scale.ZERO, "dead")
            .with("zeros", new Layer.Add(), "none1", "none2")
            .with("norm", Layer.BatchNormalization.STANDARD, "conv")
            .with("sum", new Layer.Add(), "none2", "norm", "zeros")
            .with("join", new Layer.Concatenation(), "sum", "zeros")
            .with("mean", new Layer.GlobalAveragePooling(), "join")
            .build();
    float[] images = ExportedNetworks.images(spec.input(), 3, 4);
    try (ParameterSet set = ExportedNetworks.scattered(spec, 3)) {
      byte[] file = OnnxExport.bytes(TrainedModel.of(set), DEFAULT);
      ProofImages proof = ProofImages.run(new Network(spec, set), Optional.empty(), images);

      assertThat(
              OnnxExport.model(TrainedModel.of(set), DEFAULT).getGraph().getNodeList().stream()
                  .map(Onnx.NodeProto::getName))
          .contains("none1", "join")
          .doesNotContain("none2", "dead", "sum", "zeros");
      assertThat(ExportProof.of(ExportFormat.ONNX, file, proof).passed()).isTrue();
    }
  }

  @Test
  void anyNumberOfImagesGoesIntoADynamicBatch() {
    try (OnnxModel opened = OnnxModel.open(OnnxExport.bytes(model, DEFAULT), SPEC.input())) {
      float[] all = opened.logits(IMAGES, 7);
      int size = SPEC.input().size();

      float[] one = opened.logits(Arrays.copyOf(IMAGES, size), 1);
      float[] three = opened.logits(Arrays.copyOfRange(IMAGES, size, 4 * size), 3);

      assertThat(all).hasSize(35);
      assertThat(difference(one, Arrays.copyOf(all, 5))).isLessThan(1e-6);
      assertThat(difference(three, Arrays.copyOfRange(all, 5, 20))).isLessThan(1e-6);
    }
  }

  @Test
  void aFixedBatchIsDeclaredAndItsLastOneFilledUp() {
    OnnxOptions four = DEFAULT.withBatch(4);

    assertThat(inputDimensions(four)).extracting("dimValue").containsExactly(4L, 2L, 9L, 8L);
    assertThat(inputDimensions(DEFAULT).get(0).getDimParam()).isEqualTo("batch");
    assertThat(difference(logits(four), logits(DEFAULT))).isLessThan(1e-6);
  }

  @Test
  void imagesMayComeChannelsLast() {
    OnnxOptions channelsLast = DEFAULT.withLayout(ImageLayout.NHWC);

    assertThat(inputDimensions(channelsLast))
        .extracting("dimValue")
        .containsExactly(0L, 9L, 8L, 2L);
    assertThat(difference(logits(channelsLast), logits(DEFAULT))).isLessThan(1e-6);
  }

  @Test
  void theSameModelGivesTheSameBytes() {
    assertThat(OnnxExport.bytes(model, DEFAULT)).isEqualTo(OnnxExport.bytes(model, DEFAULT));
  }

  @Test
  void metadataSayWhatIsInTheFile() {
    InputNormalization normalization =
        new InputNormalization(255, List.of(0.5, 0.5), List.of(0.2, 0.2));

    Onnx.ModelProto plain = OnnxExport.model(model, DEFAULT);
    Onnx.ModelProto pixels = OnnxExport.model(model.withNormalization(normalization), DEFAULT);

    assertThat(plain.getOpsetImport(0).getVersion()).isEqualTo(17);
    assertThat(plain.getMetadataPropsList())
        .extracting(Onnx.StringStringEntryProto::getKey)
        .containsExactly(
            "espalier.network",
            "espalier.networkHash",
            "espalier.layout",
            "espalier.pixels",
            "espalier.input",
            "espalier.weightsHash");
    assertThat(plain.getMetadataProps(3).getValue()).isEqualTo("normalized");
    assertThat(pixels.getMetadataProps(3).getValue()).isEqualTo("plain");
    assertThat(pixels.getMetadataProps(4).getKey()).isEqualTo("espalier.maxValue");
    assertThat(pixels.getMetadataProps(4).getValue()).isEqualTo("255");
    assertThat(plain.getDocString()).contains("9 rows, 8 columns", "normalised as for training");
    assertThat(pixels.getDocString()).contains("pixels from 0 to 255", "means [0.5, 0.5]");
  }

  @Test
  void namesOfClassesStandInTheFile() {
    List<String> names = List.of("a", "b \"c\"", "d,e", "ü", "f");

    Onnx.ModelProto file = OnnxExport.model(model.withClassNames(names), DEFAULT);

    assertThat(file.getMetadataProps(0).getKey()).isEqualTo("espalier.classes");
    assertThat(file.getMetadataProps(0).getValue())
        .isEqualTo("[\"a\",\"b \\\"c\\\"\",\"d,e\",\"ü\",\"f\"]");
    assertThatThrownBy(() -> model.withClassNames(List.of("a")))
        .hasMessageContaining("tells 5 classes apart, got the names of 1");
  }

  @Test
  void theVersionOfTheProgramStandsInTheFile() {
    Onnx.ModelProto file =
        OnnxExport.model(
            model.withProducerVersion("1.2.3").withClassNames(List.of("a", "b", "c", "d", "e")),
            DEFAULT);

    assertThat(file.getProducerName()).isEqualTo("espalier");
    assertThat(file.getProducerVersion()).isEqualTo("1.2.3");
    assertThat(OnnxExport.model(model, DEFAULT).getProducerVersion()).isEmpty();
  }

  @Test
  void olderRuntimesGetOlderOperators() {
    NetworkSpec spec = ExportedNetworks.everyLayer();
    float[] images = ExportedNetworks.images(spec.input(), 3, 5);
    try (ParameterSet set = ExportedNetworks.scattered(spec, 3)) {
      TrainedModel every = TrainedModel.of(set);
      float[] expected = logits(every, DEFAULT, images, 3);
      for (int version = OnnxOptions.OLDEST; version < OnnxOptions.NEWEST; version++) {
        OnnxOptions older = DEFAULT.withOperatorSet(version);

        assertThat(OnnxExport.model(every, older).getOpsetImport(0).getVersion())
            .isEqualTo(version);
        assertThat(difference(logits(every, older, images, 3), expected)).isLessThan(1e-5);
      }
      assertThat(
              OnnxExport.model(every, DEFAULT.withOperatorSet(13)).getGraph().getNodeList().stream()
                  .map(Onnx.NodeProto::getOpType))
          .contains("HardSigmoid")
          .doesNotContain("HardSwish");
    }
    assertThatThrownBy(() -> DEFAULT.withOperatorSet(10))
        .hasMessage("the operator set must be from 11 to 17, got 10");
  }

  @Test
  void valuesInBetweenHaveTheShapesThatTheRuntimeFinds() {
    Onnx.GraphProto graph = OnnxExport.model(model, DEFAULT).getGraph();

    assertThat(graph.getValueInfoList())
        .extracting(Onnx.ValueInfoProto::getName)
        .containsExactlyElementsOf(
            graph.getNodeList().stream()
                .flatMap(node -> node.getOutputList().stream())
                .filter(name -> name.endsWith("/output"))
                .toList());
  }

  private static float[] logits(
      TrainedModel exported, OnnxOptions options, float[] images, int count) {
    byte[] file = OnnxExport.bytes(exported, options);
    try (OnnxModel opened = OnnxModel.open(file, exported.spec().input())) {
      return opened.logits(images, count);
    }
  }

  @Test
  void brokenAndForeignFilesAreRefused() {
    byte[] file = OnnxExport.bytes(model, DEFAULT);
    byte[] truncated = Arrays.copyOf(file, file.length / 2);
    byte[] foreign =
        OnnxExport.model(model, DEFAULT).toBuilder().clearMetadataProps().build().toByteArray();

    assertThatThrownBy(() -> OnnxModel.open(truncated, SPEC.input()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("ONNX Runtime cannot open the model");
    assertThatThrownBy(() -> OnnxModel.open(foreign, SPEC.input()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not say how images are laid out");
    assertThatThrownBy(() -> OnnxModel.open(file, new ImageShape(8, 9, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the ONNX model takes images [-1, 2, 9, 8], expected [-1, 2, 8, 9]");
  }

  private static float[] logits(OnnxOptions options) {
    try (OnnxModel opened = OnnxModel.open(OnnxExport.bytes(model, options), SPEC.input())) {
      return opened.logits(IMAGES, 7);
    }
  }

  private static List<String> operators(OnnxOptions options) {
    return OnnxExport.model(model, options).getGraph().getNodeList().stream()
        .map(Onnx.NodeProto::getOpType)
        .toList();
  }

  private static List<Onnx.TensorShapeProto.Dimension> inputDimensions(OnnxOptions options) {
    Onnx.GraphProto graph = OnnxExport.model(model, options).getGraph();
    return graph.getInput(0).getType().getTensorType().getShape().getDimList();
  }

  private static double difference(float[] one, float[] other) {
    assertThat(one).hasSameSizeAs(other);
    double largest = 0;
    for (int i = 0; i < one.length; i++) {
      largest = Math.max(largest, Math.abs((double) one[i] - other[i]));
    }
    return largest;
  }
}
