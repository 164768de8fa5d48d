package org.espalier.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.espalier.network.FeatureShape;
import org.espalier.network.ImageShape;
import org.espalier.network.Layer;
import org.espalier.network.NetworkBuilder;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ReadyMade.Family;
import org.espalier.network.ShapeInference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NetworkCostTest {
  private static final ImageShape CIFAR = new ImageShape(32, 32, 3);

  /**
   * He et al. 2016 give 0.27 M and 0.85 M parameters with shortcuts that have none; the two 1x1
   * shortcuts with batch norm add 16*32 + 2*32 + 32*64 + 2*64 = 2752.
   */
  @Test
  void residualNetworksHaveTheirKnownParameters() {
    assertThat(cost(Family.RESNET20, CIFAR, 10).parameters()).isEqualTo(269_722 + 2_752);
    assertThat(cost(Family.RESNET56, CIFAR, 10).parameters()).isEqualTo(853_018 + 2_752);
  }

  @Test
  void residualNetwork20HasTheMacsOfHandArithmetic() {
    long stem = 32 * 32 * 9 * 3 * 16;
    long wholeBlocks =
        6 * (32 * 32 * 9 * 16 * 16) + 5 * (16 * 16 * 9 * 32 * 32) + 5 * (8 * 8 * 9 * 64 * 64);
    long halving = 16 * 16 * 9 * 16 * 32 + 8 * 8 * 9 * 32 * 64;
    long shortcuts = 16 * 16 * 16 * 32 + 8 * 8 * 32 * 64;

    NetworkCost cost = cost(Family.RESNET20, CIFAR, 10);

    assertThat(cost.macs()).isEqualTo(stem + wholeBlocks + halving + shortcuts + 640);
    assertThat(cost.macs()).isEqualTo(40_813_184);
    assertThat(cost.flops()).isEqualTo(81_626_368);
    assertThat(cost.bytes()).isEqualTo(4 * 272_474);
  }

  /**
   * The count that is known for 1000 classes, 3,504,872, less 990 rows of 1280 weights and a bias.
   */
  @Test
  void mobileNetV2HasItsKnownParameters() {
    assertThat(cost(Family.MOBILE_NET_V2, CIFAR, 1000).parameters()).isEqualTo(3_504_872);
    assertThat(cost(Family.MOBILE_NET_V2, CIFAR, 10).parameters())
        .isEqualTo(3_504_872 - 990 * 1281);
  }

  @Test
  void theSeparableNetworkHasTheCostOfHandArithmetic() {
    NetworkCost cost = cost(Family.SEPARABLE, new ImageShape(28, 28, 1), 10);

    int[] inputs = {16, 16, 32, 32, 64, 64};
    int[] outputs = {16, 32, 32, 64, 64, 64};
    int[] places = {28 * 28, 14 * 14, 14 * 14, 7 * 7, 7 * 7, 7 * 7};
    long macs = 28 * 28 * 9 * 16 + 640;
    long parameters = 9 * 16 + 32 + 650;
    for (int i = 0; i < 6; i++) {
      macs += (long) places[i] * inputs[i] * (9 + outputs[i]);
      parameters += inputs[i] * (9 + 2 + outputs[i]) + 2 * outputs[i];
    }
    assertThat(cost.macs()).isEqualTo(macs);
    assertThat(cost.parameters()).isEqualTo(parameters);
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void macsAreWhatALoopOverTheNetworkCounts(Family family) {
    NetworkSpec spec = family.build(new ImageShape(9, 7, 2), 3, narrow(family));

    NetworkCost cost = NetworkCost.of(spec);

    assertThat(cost.macs()).isEqualTo(loopMacs(spec));
  }

  @Test
  void biasesAreParametersButNotMacs() {
    NetworkSpec spec =
        new NetworkBuilder("biased", new ImageShape(5, 5, 2))
            .with("conv", new Layer.Convolution(3, 5, 2, 2, true), NetworkSpec.INPUT)
            .with("norm", new Layer.BatchNormalization(false, 1e-5, 0.1), "conv")
            .with("pool", new Layer.GlobalAveragePooling(), "norm")
            .with("linear", new Layer.Linear(4, false), "pool")
            .build();

    NetworkCost cost = NetworkCost.of(spec);

    assertThat(cost.parameters()).isEqualTo(25 * 2 * 3 + 3 + 3 * 4);
    assertThat(cost.macs()).isEqualTo(3 * 3 * 25 * 2 * 3 + 3 * 4);
    assertThat(cost.layers()).extracting(LayerCost::parameters).containsExactly(153L, 0L, 0L, 12L);
  }

  @Test
  void totalsAreTheSumsAndThePeakOfTheLayers() {
    NetworkCost cost = cost(Family.RESNET20, CIFAR, 10);

    assertThat(cost.layers().stream().mapToLong(LayerCost::macs).sum()).isEqualTo(cost.macs());
    assertThat(cost.layers().stream().mapToLong(LayerCost::parameters).sum())
        .isEqualTo(cost.parameters());
    assertThat(cost.layers().stream().mapToLong(LayerCost::activationBytes).max())
        .hasValue(cost.peakActivationBytes());
  }

  @Test
  void memoryHoldsWhatLaterLayersWaitFor() {
    Layer relu = new Layer.Activation(Layer.Activation.Function.RELU);
    NetworkSpec spec =
        new NetworkBuilder("fork", new ImageShape(2, 2, 1))
            .with("wide", new Layer.Convolution(10, 1, 1, 1, false), NetworkSpec.INPUT)
            .with("narrow", new Layer.Convolution(3, 1, 1, 1, false), NetworkSpec.INPUT)
            .with("drop", new Layer.DropPath(0.1), "narrow")
            .with("relu", relu, "drop")
            .with("both", new Layer.Concatenation(), "wide", "relu")
            .with("pool", new Layer.GlobalAveragePooling(), "both")
            .build();

    NetworkCost cost = NetworkCost.of(spec);

    assertThat(cost.layers())
        .extracting(layer -> layer.activationBytes() / Float.BYTES)
        .containsExactly(
            4L + 40, // the input is still needed
            4L + 40 + 12,
            40L + 12, // drop-path passes its input on
            40L + 12 + 12,
            40L + 12 + 52,
            52L + 13);
    assertThat(cost.peakActivationBytes()).isEqualTo(4 * 104);
  }

  @Test
  void sourcesReadTwiceAreReleasedOnce() {
    NetworkSpec spec =
        new NetworkBuilder("twice", new ImageShape(1, 1, 8))
            .with("sum", new Layer.Add(), NetworkSpec.INPUT, NetworkSpec.INPUT)
            .with("pool", new Layer.GlobalAveragePooling(), "sum")
            .build();

    NetworkCost cost = NetworkCost.of(spec);

    assertThat(cost.layers()).extracting(LayerCost::activationBytes).containsExactly(64L, 64L);
  }

  @Test
  void networksThatDoNotFitHaveNoCost() {
    NetworkSpec spec =
        new NetworkBuilder("n", CIFAR).with("l", new Layer.Linear(2, true), "input").build();

    assertThatThrownBy(() -> NetworkCost.of(spec)).hasMessageContaining("layer 'l'");
  }

  private static NetworkCost cost(Family family, ImageShape input, int classes) {
    return NetworkCost.of(family.build(input, classes, family.usualWidths()));
  }

  /** Widths 2, 3, 4, 2, 3, 4 ... */
  private static List<Integer> narrow(Family family) {
    List<Integer> widths = new ArrayList<>();
    for (int i = 0; i < family.usualWidths().size(); i++) {
      widths.add(2 + i % 3);
    }
    return widths;
  }

  /** Steps through every output value and every tap. */
  private static long loopMacs(NetworkSpec spec) {
    Map<String, FeatureShape> shapes = ShapeInference.infer(spec);
    long count = 0;
    for (NetworkSpec.Node node : spec.nodes()) {
      FeatureShape input = shapes.get(node.inputs().get(0));
      for (long value = 0; value < shapes.get(node.name()).size(); value++) {
        if (node.layer() instanceof Layer.Convolution c) {
          for (int tap = 0; tap < c.kernel() * c.kernel(); tap++) {
            for (int channel = 0; channel < input.channels(); channel++) {
              count++;
            }
          }
        } else if (node.layer() instanceof Layer.DepthwiseConvolution c) {
          for (int tap = 0; tap < c.kernel() * c.kernel(); tap++) {
            count++;
          }
        } else if (node.layer() instanceof Layer.Linear) {
          for (int channel = 0; channel < input.channels(); channel++) {
            count++;
          }
        }
      }
    }
    return count;
  }
}
