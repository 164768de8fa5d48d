package org.espalier.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.espalier.network.ImageShape;
import org.espalier.network.Layer;
import org.espalier.network.LoopNetwork;
import org.espalier.network.Network;
import org.espalier.network.NetworkBuilder;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ParameterSet;
import org.espalier.network.ReadyMade.Family;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelExportTest {
  private static final ImageShape IMAGE = new ImageShape(32, 32, 3);

  @ParameterizedTest
  @EnumSource(Family.class)
  void exportsOfReadyMadeNetworksAgreeWithThem(Family family) throws IOException {
    exportsAgree(family.build(IMAGE, 10, family.usualWidths()));
  }

  @Test
  void exportsOfEveryLayerAgreeWithTheNetwork() throws IOException {
    exportsAgree(ExportedNetworks.everyLayer());
  }

  private static void exportsAgree(NetworkSpec spec) throws IOException {
    try (ParameterSet set = ExportedNetworks.parameters(spec, 1)) {
      ProofImages images = proofImages(set, ExportedNetworks.images(spec.input(), 12, 2));

      List<ModelExport.Proved> exports =
          ModelExport.prove(TrainedModel.of(set), OnnxOptions.DEFAULT, images);

      assertThat(exports).hasSize(2).allMatch(ModelExport.Proved::passed);
      List<ExportProof> proofs = exports.stream().map(each -> each.proof().orElseThrow()).toList();
      assertThat(proofs).allMatch(ExportProof::passed);
      assertThat(proofs).extracting(ExportProof::images).containsOnly(12);
      assertThat(proofs.get(0).runtime()).matches("ONNX Runtime 1\\..*");
      assertThat(proofs.get(1).runtime()).matches("DL4J 1\\.0\\.0.*");
      assertThat(exports).allMatch(each -> each.file().length > 3 * set.size());
      assertThat(proofs).extracting(ExportProof::fileHash).doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @EnumSource(ExportFormat.class)
  void everyLayerDoesInAnExportWhatPlainLoopsDo(ExportFormat format) {
    NetworkSpec spec = ExportedNetworks.everyLayer();
    assertThat(spec.nodes())
        .extracting(node -> (Object) node.layer().getClass())
        .contains((Object[]) Layer.class.getPermittedSubclasses());
    try (ParameterSet set = ExportedNetworks.scattered(spec, 3)) {
      float[] images = ExportedNetworks.images(spec.input(), 3, 4);
      byte[] file =
          format == ExportFormat.ONNX
              ? OnnxExport.bytes(TrainedModel.of(set), OnnxOptions.DEFAULT)
              : Dl4jExport.bytes(TrainedModel.of(set));

      double[] exported;
      try (RunnableModel model = format.open(file, spec.input())) {
        exported = doubles(model.logits(images, 3));
      }

      double[] expected = LoopNetwork.of(spec, set).evaluate(doubles(images));
      assertThat(exported).containsExactly(expected, within(1e-4));
      assertThat(Arrays.stream(expected).map(Math::abs).max().orElseThrow()).isGreaterThan(0.1);
    }
  }

  @Test
  void plainPixelsGoInIfTheNormalisationIsExportedToo() throws IOException {
    NetworkSpec spec =
        Family.SEPARABLE.build(new ImageShape(9, 8, 2), 5, List.of(4, 4, 4, 4, 4, 4, 4));
    InputNormalization normalization =
        new InputNormalization(255, List.of(0.4, 0.6), List.of(0.2, 0.3));
    float[] pixels = ExportedNetworks.images(spec.input(), 7, 5);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = Math.round(Math.abs(pixels[i] * 1000)) % 256;
    }
    try (ParameterSet set = ExportedNetworks.parameters(spec, 6)) {
      Network network = new Network(spec, set);
      ProofImages images = ProofImages.run(network, Optional.of(normalization), pixels);
      TrainedModel model = TrainedModel.of(set).withNormalization(normalization);
      OnnxOptions channelsLast = OnnxOptions.DEFAULT.withLayout(ImageLayout.NHWC);

      assertThat(ModelExport.prove(model, OnnxOptions.DEFAULT, images))
          .allMatch(ModelExport.Proved::passed);
      assertThat(ModelExport.prove(model, channelsLast, images))
          .allMatch(ModelExport.Proved::passed);
      assertThat(proof(TrainedModel.of(set), images).passed()).isFalse();
    }
  }

  @Test
  void exportsOfLargeEvenPicturesAgreeAndWrongOnesDoNot() {
    NetworkSpec spec = meanOfPictures(new ImageShape(256, 256, 3));
    float[] pictures = evenPictures(spec.input(), 6);
    try (ParameterSet set = ExportedNetworks.scattered(spec, 10)) {
      ProofImages images = proofImages(set, pictures);
      List<ModelExport.Proved> right =
          ModelExport.prove(TrainedModel.of(set), OnnxOptions.DEFAULT, images);
      float[] weight = set.parameter("linear/weight").value().toFloats();
      for (int i = 0; i < weight.length; i++) {
        weight[i] *= 1.02f;
      }
      set.parameter("linear/weight").value().set(weight);
      List<ModelExport.Proved> wrong =
          ModelExport.prove(TrainedModel.of(set), OnnxOptions.DEFAULT, images);

      assertThat(right).allMatch(ModelExport.Proved::passed);
      assertThat(wrong).noneMatch(ModelExport.Proved::passed);
      assertThat(wrong).allMatch(each -> each.proof().orElseThrow().agreeing() == 6);
    }
  }

  private static NetworkSpec meanOfPictures(ImageShape image) {
    NetworkBuilder network = new NetworkBuilder("mean-of-pictures", image);
    String mean = network.add("mean", new Layer.GlobalAveragePooling(), NetworkSpec.INPUT);
    network.add("linear", new Layer.Linear(4, true), mean);
    return network.build();
  }

  /** Of one colour each. */
  private static float[] evenPictures(ImageShape image, int count) {
    float[] pictures = new float[count * image.size()];
    for (int i = 0; i < pictures.length; i++) {
      int picture = i / image.size();
      pictures[i] = 0.3f + 0.41f * picture + 0.17f * (i % image.channels());
    }
    return pictures;
  }

  @Test
  void anExportThatDisagreesSaysWhere() {
    NetworkSpec spec = small();
    try (ParameterSet set = ExportedNetworks.parameters(spec, 7)) {
      ProofImages images = proofImages(set, ExportedNetworks.images(spec.input(), 9, 8));
      float[] bias = set.parameter("linear/bias").value().toFloats();
      bias[2] += 100;
      set.parameter("linear/bias").value().set(bias);
      TrainedModel corrupted = TrainedModel.of(set);

      List<ModelExport.Proved> exports = ModelExport.prove(corrupted, OnnxOptions.DEFAULT, images);

      ExportProof proof = exports.get(0).proof().orElseThrow();
      assertThat(exports).noneMatch(ModelExport.Proved::passed);
      assertThat(proof.largestDifference()).isCloseTo(100, within(1e-3));
      assertThat(proof.largest().logit()).isEqualTo(2);
      assertThat(proof.agreeing()).isLessThan(9);
      assertThat(exports.get(0).problem())
          .contains("the ONNX export does not agree", "the logit of class 3 is", "of 9 images");
      assertThat(exports.get(1).problem()).contains("the DL4J export does not agree");
    }
  }

  @Test
  void anExportThatItsProgramCannotRunIsSaidNotThrown() {
    NetworkSpec spec = small();
    try (ParameterSet set = ExportedNetworks.parameters(spec, 7)) {
      ProofImages images = proofImages(set, ExportedNetworks.images(spec.input(), 9, 8));
      OnnxOptions endless = OnnxOptions.DEFAULT.withBatch(Integer.MAX_VALUE);

      List<ModelExport.Proved> exports = ModelExport.prove(TrainedModel.of(set), endless, images);

      assertThat(exports.get(0).problem()).startsWith("the ONNX export cannot be run: ");
      assertThat(exports.get(0).proof()).isEmpty();
      assertThat(exports.get(1).passed()).isTrue();
    }
  }

  @Test
  void aWeightThatIsNotFiniteIsRefusedByName() {
    try (ParameterSet set = ExportedNetworks.parameters(small(), 9)) {
      float[] weight = set.parameter("layer2/conv/weight").value().toFloats();
      weight[7] = Float.NaN;
      set.parameter("layer2/conv/weight").value().set(weight);

      assertThatThrownBy(() -> TrainedModel.of(set))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("'layer2/conv/weight' has the value NaN at 7, which cannot be exported");
    }
  }

  @Test
  void aNormalisationOfOtherChannelsIsRefused() {
    try (ParameterSet set = ExportedNetworks.parameters(small(), 9)) {
      InputNormalization grey = new InputNormalization(1, List.of(0.0), List.of(1.0));

      assertThatThrownBy(() -> TrainedModel.of(set).withNormalization(grey))
          .hasMessageContaining("takes images [6, 5, 2], the normalisation has 1 channels");
    }
  }

  private static ExportProof proof(TrainedModel model, ProofImages images) {
    byte[] file = OnnxExport.bytes(model, OnnxOptions.DEFAULT);
    return ExportProof.of(ExportFormat.ONNX, file, images);
  }

  private static NetworkSpec small() {
    return Family.PLAIN.build(new ImageShape(6, 5, 2), 4, List.of(3, 3, 3, 3, 3, 3));
  }

  private static ProofImages proofImages(ParameterSet set, float[] images) {
    return ProofImages.run(new Network(set.spec(), set), Optional.empty(), images);
  }

  private static double[] doubles(float[] values) {
    double[] result = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = values[i];
    }
    return result;
  }
}
