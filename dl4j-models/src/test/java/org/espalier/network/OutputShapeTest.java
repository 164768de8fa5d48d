package org.espalier.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OutputShapeTest {
  private static final FeatureShape IMAGE = new FeatureShape.Image(9, 6, 4);
  private static final FeatureShape ROW = new FeatureShape.Vector(4);

  static List<Arguments> kinds() {
    return List.of(
        kind(new Layer.Convolution(5, 3, 2, 2, true), image(5, 3, 5), IMAGE),
        kind(new Layer.DepthwiseConvolution(5, 2, 1), image(5, 3, 4), IMAGE),
        kind(Layer.BatchNormalization.STANDARD, IMAGE, IMAGE),
        kind(new Layer.Activation(Layer.Activation.Function.TANH), ROW, ROW),
        kind(new Layer.Pooling(Layer.Pooling.Kind.MAX, 2, 2), image(4, 3, 4), IMAGE),
        kind(new Layer.GlobalAveragePooling(), ROW, IMAGE),
        kind(new Layer.Linear(7, false), new FeatureShape.Vector(7), ROW),
        kind(new Layer.Add(), IMAGE, IMAGE, IMAGE),
        kind(new Layer.Concatenation(), new FeatureShape.Vector(12), ROW, ROW, ROW),
        kind(new Layer.ChannelSlice(1, 3), image(9, 6, 2), IMAGE),
        kind(new Layer.Dropout(0.5), ROW, ROW),
        kind(new Layer.DropPath(0.5), IMAGE, IMAGE),
        kind(Layer.Scale.ZERO, ROW, ROW));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyKindOfLayerHasItsShape(Layer layer, FeatureShape output, List<FeatureShape> inputs) {
    assertThat(layer.accept(new OutputShape(inputs))).isEqualTo(output);
  }

  @Test
  void noKindOfLayerIsForgottenHere() {
    assertThat(kinds())
        .extracting(kind -> (Object) kind.get()[0].getClass())
        .containsExactlyInAnyOrder((Object[]) Layer.class.getPermittedSubclasses());
  }

  @Test
  void onlyDropoutAndDropPathPassOnWhatTheyRead() {
    assertThat(kinds())
        .extracting(kind -> (Layer) kind.get()[0])
        .filteredOn(Layer::passesOn)
        .containsExactly(new Layer.Dropout(0.5), new Layer.DropPath(0.5));
  }

  private static Arguments kind(Layer layer, FeatureShape output, FeatureShape... inputs) {
    return Arguments.of(layer, output, Arrays.asList(inputs));
  }

  private static FeatureShape image(int height, int width, int channels) {
    return new FeatureShape.Image(height, width, channels);
  }
}
