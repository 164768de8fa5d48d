package org.espalier.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.espalier.network.FeatureShape;
import org.espalier.network.Layer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LayerCounterTest {
  private static final FeatureShape IMAGE = new FeatureShape.Image(9, 6, 4);
  private static final FeatureShape ROW = new FeatureShape.Vector(4);

  static List<Arguments> kinds() {
    return List.of(
        kind(new Layer.Convolution(5, 3, 1, 1, true), image(5), 54 * 9 * 4 * 5, 9 * 4 * 5 + 5),
        kind(new Layer.DepthwiseConvolution(3, 1, 1), IMAGE, 54 * 9 * 4, 9 * 4),
        kind(Layer.BatchNormalization.STANDARD, IMAGE, 0, 8),
        kind(new Layer.Activation(Layer.Activation.Function.SIGMOID), IMAGE, 0, 0),
        kind(new Layer.Pooling(Layer.Pooling.Kind.AVERAGE, 3, 1), IMAGE, 0, 0),
        kind(new Layer.GlobalAveragePooling(), ROW, 0, 0),
        Arguments.of(new Layer.Linear(7, true), ROW, new FeatureShape.Vector(7), 28, 35),
        kind(new Layer.Add(), IMAGE, 0, 0),
        kind(new Layer.Concatenation(), image(8), 0, 0),
        kind(new Layer.ChannelSlice(1, 3), image(2), 0, 0),
        kind(new Layer.Dropout(0.5), IMAGE, 0, 0),
        kind(new Layer.DropPath(0.5), IMAGE, 0, 0),
        kind(Layer.Scale.LEARNED, IMAGE, 0, 1));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyKindOfLayerHasItsCost(
      Layer layer, FeatureShape input, FeatureShape output, long macs, long parameters) {
    LayerCounter.Count count = layer.accept(new LayerCounter(input, output));

    assertThat(count).isEqualTo(new LayerCounter.Count(macs, parameters));
  }

  @Test
  void noKindOfLayerIsForgottenHere() {
    assertThat(kinds())
        .extracting(kind -> (Object) kind.get()[0].getClass())
        .containsExactlyInAnyOrder((Object[]) Layer.class.getPermittedSubclasses());
  }

  private static Arguments kind(Layer layer, FeatureShape output, long macs, long parameters) {
    return Arguments.of(layer, IMAGE, output, macs, parameters);
  }

  private static FeatureShape image(int channels) {
    return new FeatureShape.Image(9, 6, channels);
  }
}
