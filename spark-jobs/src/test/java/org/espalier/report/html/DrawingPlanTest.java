package org.espalier.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.espalier.network.Layer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DrawingPlanTest {

  static List<Arguments> kinds() {
    return List.of(
        alone(new Layer.Convolution(5, 3, 2, 2, true), "convolution 3\u00d73 stride 2 dilation 2"),
        alone(new Layer.DepthwiseConvolution(5, 1, 1), "depthwise 5\u00d75"),
        follower(Layer.BatchNormalization.STANDARD, "batch norm"),
        follower(new Layer.Activation(Layer.Activation.Function.HARD_SWISH), "hard-swish"),
        alone(new Layer.Pooling(Layer.Pooling.Kind.MAX, 2, 2), "max pooling 2\u00d72 stride 2"),
        alone(new Layer.GlobalAveragePooling(), "global average pooling"),
        alone(new Layer.Linear(7, true), "linear"),
        alone(new Layer.Add(), "add"),
        alone(new Layer.Concatenation(), "concatenate"),
        alone(new Layer.ChannelSlice(1, 3), "channels 1 to 2"),
        follower(new Layer.Dropout(0.5), "dropout 0.5"),
        follower(new Layer.DropPath(0.25), "drop-path 0.25"),
        follower(new Layer.Scale(false, 0.5), "times 0.5"));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyKindOfLayerHasItsLabel(Layer layer, DrawingPlan.Label label) {
    assertThat(DrawingPlan.Label.of(layer)).isEqualTo(label);
  }

  @Test
  void noKindOfLayerIsForgottenHere() {
    assertThat(kinds())
        .extracting(kind -> (Object) kind.get()[0].getClass())
        .containsExactlyInAnyOrder((Object[]) Layer.class.getPermittedSubclasses());
  }

  private static Arguments alone(Layer layer, String text) {
    return Arguments.of(layer, new DrawingPlan.Label(text, false));
  }

  private static Arguments follower(Layer layer, String text) {
    return Arguments.of(layer, new DrawingPlan.Label(text, true));
  }
}
