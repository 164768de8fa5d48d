package org.espalier.search.cell.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.espalier.cost.NetworkCost;
import org.espalier.cost.Parameters;
import org.espalier.network.ImageShape;
import org.espalier.network.Layer;
import org.espalier.network.NetworkSpec;
import org.espalier.settings.SettingException;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;

class ConvolutionBlockSpaceTest {
  private static final ImageShape OMNIGLOT = new ImageShape(28, 28, 1);

  private static ConvolutionBlockSpace space(int blocks, ImageShape image, int classes) {
    return new ConvolutionBlockSpace(blocks, new Skeleton(1, 64, image, classes));
  }

  private static List<Integer> all(int pick, int blocks) {
    return Collections.nCopies(blocks, pick);
  }

  /** 9 * 64 + 3 * 9 * 64 * 64 weights and 4 * 2 * 64 of batch norm, then 64 * 5 + 5. */
  @Test
  void convolutionsOf3x3AreTheNetworkOfFewShotLearning() {
    ConvolutionBlockSpace space = space(4, OMNIGLOT, 5);
    NetworkSpec network = space.network(all(0, 4));

    assertThat(space.describe(all(0, 4))).isEqualTo("conv_3x3 conv_3x3 conv_3x3 conv_3x3");
    assertThat(new Parameters().of(NetworkCost.of(network))).isEqualTo(111_680 + 325);
    List<Layer> expected = new ArrayList<>();
    for (int block = 0; block < 4; block++) {
      expected.add(new Layer.Convolution(64, 3, 1, 1, false));
      expected.add(Layer.BatchNormalization.STANDARD);
      expected.add(new Layer.Activation(Layer.Activation.Function.RELU));
      expected.add(new Layer.Pooling(Layer.Pooling.Kind.MAX, 2, 2));
    }
    expected.add(new Layer.GlobalAveragePooling());
    expected.add(new Layer.Linear(5, true));
    assertThat(network.nodes()).extracting(NetworkSpec.Node::layer).isEqualTo(expected);
  }

  @Test
  void otherOperationsHaveTheirWeights() {
    ConvolutionBlockSpace space = space(2, OMNIGLOT, 5);
    long rest = 2 * 128 + 325;

    assertThat(parameters(space, 1)).isEqualTo(25 * (64 + 64 * 64) + rest);
    assertThat(parameters(space, 2)).isEqualTo(64 + 64 * 64 + rest);
    assertThat(parameters(space, 3)).isEqualTo(9 + 64 + 9 * 64 + 64 * 64 + rest);
    assertThat(parameters(space, 4)).isEqualTo(25 + 64 + 25 * 64 + 64 * 64 + rest);
  }

  private static long parameters(ConvolutionBlockSpace space, int pick) {
    return new Parameters().of(NetworkCost.of(space.network(all(pick, 2))));
  }

  /** What is learned on the images and classes of some tasks fits those of others. */
  @Test
  void parametersHaveShapesThatImagesAndClassesDoNotChange() {
    Map<String, Shape> some = shapes(space(4, OMNIGLOT, 5));
    Map<String, Shape> larger = shapes(space(4, new ImageShape(84, 80, 1), 5));
    Map<String, Shape> more = shapes(space(4, OMNIGLOT, 20));

    assertThat(larger).isEqualTo(some);
    assertThat(more.remove("linear/weight")).isEqualTo(Shape.of(64, 20));
    assertThat(more.remove("linear/bias")).isEqualTo(Shape.of(20));
    assertThat(some.remove("linear/weight")).isEqualTo(Shape.of(64, 5));
    assertThat(some.remove("linear/bias")).isEqualTo(Shape.of(5));
    assertThat(more).isEqualTo(some);
  }

  private static Map<String, Shape> shapes(ConvolutionBlockSpace space) {
    return Weights.shapes(space.supernet(space.everything(), Form.PLAIN).spec());
  }

  @Test
  void poolingEndsWhereThereIsNothingToPool() {
    assertThat(poolings(space(8, OMNIGLOT, 5))).isEqualTo(4);
    assertThat(poolings(space(8, new ImageShape(32, 40, 3), 5))).isEqualTo(5);
    assertThat(poolings(space(8, new ImageShape(40, 1, 3), 5))).isZero();
  }

  private static long poolings(ConvolutionBlockSpace space) {
    return space.network(all(0, 8)).nodes().stream()
        .filter(node -> node.layer() instanceof Layer.Pooling)
        .count();
  }

  @Test
  void blocksAreOneToEight() {
    assertThatThrownBy(() -> space(9, OMNIGLOT, 5))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("blocks must be from 1 to 8, got 9");
    assertThatThrownBy(() -> new CellSpaceSettings.ConvolutionBlocks(0))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("blocks");
    assertThat(new CellSpaceSettings.ConvolutionBlocks(null).of(space(1, OMNIGLOT, 5).skeleton()))
        .isEqualTo(space(4, OMNIGLOT, 5));
  }
}
