package org.espalier.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeInferenceTest {

  @Test
  void shapesFollowTheLayers() {
    Map<String, FeatureShape> shapes = ShapeInference.infer(NetworkSpecsTest.everyLayer());

    assertThat(shapes.keySet()).startsWith("input", "stem", "a/norm");
    assertThat(shapes)
        .containsEntry("input", new FeatureShape.Image(9, 7, 3))
        .containsEntry("stem", new FeatureShape.Image(9, 7, 8))
        .containsEntry("slice", new FeatureShape.Image(9, 7, 3))
        .containsEntry("both", new FeatureShape.Image(9, 7, 11))
        .containsEntry("max", new FeatureShape.Image(5, 4, 11))
        .containsEntry("mean", new FeatureShape.Image(4, 3, 11))
        .containsEntry("pool", new FeatureShape.Vector(11))
        .containsEntry("linear", new FeatureShape.Vector(4));
  }

  @ParameterizedTest(name = "length {0}, kernel {1}, stride {2}, dilation {3}")
  @CsvSource({
    "1, 1, 1, 1",
    "1, 7, 2, 2",
    "2, 3, 2, 1",
    "5, 5, 2, 1",
    "6, 5, 2, 2",
    "7, 3, 1, 2",
    "8, 1, 2, 1"
  })
  void convolutionSizesCountTheWindowsThatFit(int length, int kernel, int stride, int dilation) {
    NetworkSpec spec = only(new Layer.Convolution(4, kernel, stride, dilation, false), length);

    FeatureShape shape = ShapeInference.infer(spec).get("layer");

    int padding = dilation * (kernel - 1) / 2;
    assertThat(shape)
        .isEqualTo(
            new FeatureShape.Image(
                windows(length, padding, dilation * (kernel - 1), stride),
                windows(length + 1, padding, dilation * (kernel - 1), stride),
                4));
  }

  @ParameterizedTest(name = "length {0}, kernel {1}, stride {2}")
  @CsvSource({"1, 3, 1", "1, 3, 2", "2, 2, 2", "2, 2, 1", "5, 2, 2", "5, 3, 2", "6, 3, 2"})
  void poolingSizesCountTheWindowsThatFit(int length, int kernel, int stride) {
    NetworkSpec spec = only(new Layer.Pooling(Layer.Pooling.Kind.MAX, kernel, stride), length);

    FeatureShape shape = ShapeInference.infer(spec).get("layer");

    int padding = (kernel - 1) / 2;
    assertThat(shape)
        .isEqualTo(
            new FeatureShape.Image(
                windows(length, padding, kernel - 1, stride),
                windows(length + 1, padding, kernel - 1, stride),
                3));
  }

  /** Places at which a window of {@code reach + 1} fits into the padded axis. */
  private static int windows(int length, int padding, int reach, int stride) {
    int count = 0;
    for (int start = -padding; start + reach < length + padding; start += stride) {
      count++;
    }
    return count;
  }

  @Test
  void misfitsNameNetworkLayerAndShapes() {
    ImageShape input = new ImageShape(1, 4, 3);
    Layer convolution = new Layer.Convolution(4, 3, 1, 1, false);
    Layer pool = new Layer.GlobalAveragePooling();

    refused(
        new NetworkBuilder("n", input)
            .with("c", convolution, "input")
            .with("a", new Layer.Add(), "c", "input"),
        "network 'n': layer 'a' (Add) takes inputs of one shape, got [[batch, 1, 4, 4], [batch, 1, 4, 3]]");
    refused(
        new NetworkBuilder("n", input).with("p", pool, "input").with("c", convolution, "p"),
        "network 'n': layer 'c' (Convolution) takes [batch, height, width, channels], got [batch, 3]");
    refused(
        new NetworkBuilder("n", input)
            .with("p", pool, "input")
            .with("b", Layer.BatchNormalization.STANDARD, "p"),
        "layer 'b' (BatchNormalization) takes [batch, height, width, channels], got [batch, 3]");
    refused(
        new NetworkBuilder("n", input).with("l", new Layer.Linear(2, true), "input"),
        "layer 'l' (Linear) takes [batch, channels], got [batch, 1, 4, 3]; put a GlobalAveragePooling");
    refused(
        new NetworkBuilder("n", input)
            .with("s", new Layer.ChannelSlice(1, 4), "input")
            .with("p", pool, "s"),
        "layer 's' (ChannelSlice) takes channels [1, 4) of [batch, 1, 4, 3], which has 3");
    refused(
        new NetworkBuilder("n", input)
            .with("m", new Layer.Pooling(Layer.Pooling.Kind.MAX, 2, 2), "input"),
        "layer 'm' (Pooling) has a window of 2, larger than its input [batch, 1, 4, 3]");
    refused(
        new NetworkBuilder("n", input)
            .with("h", new Layer.Convolution(3, 1, 2, 1, false), "input")
            .with("j", new Layer.Concatenation(), "h", "input"),
        "layer 'j' (Concatenation) takes inputs that differ in channels only");
    refused(
        new NetworkBuilder("n", input).with("c", convolution, "input"),
        "network 'n': the last layer 'c' gives [batch, 1, 4, 4], expected logits [batch, classes]");
  }

  @Test
  void absurdSizesAreRefusedBeforeAnythingOverflows() {
    Layer pool = new Layer.GlobalAveragePooling();
    ImageShape input = new ImageShape(100, 100, 3);
    int most = Integer.MAX_VALUE;

    refused(
        new NetworkBuilder("n", new ImageShape(most, most, most)).with("p", pool, "input"),
        "the input [batch, 2147483647, 2147483647, 2147483647] has 2^31 values or more an image");
    refused(
        new NetworkBuilder("n", input)
            .with("c", new Layer.Convolution(300_000, 1, 1, 1, false), "input")
            .with("p", pool, "c"),
        "layer 'c' (Convolution) gives [batch, 100, 100, 300000], 2^31 values or more an image");
    refused(
        new NetworkBuilder("n", input)
            .with("p", pool, "input")
            .with("l", new Layer.Linear(most, true), "p"),
        "layer 'l' (Linear) has 2^31 weights or more, from [batch, 3] to [batch, 2147483647]");
    refused(
        new NetworkBuilder("n", new ImageShape(1, 1, most))
            .with("j", new Layer.Concatenation(), "input", "input")
            .with("p", pool, "j"),
        "layer 'j' (Concatenation) gives 2^31 channels or more");
  }

  private static void refused(NetworkBuilder network, String message) {
    assertThatThrownBy(() -> ShapeInference.infer(network.build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static NetworkSpec only(Layer layer, int length) {
    return new NetworkBuilder("only", new ImageShape(length, length + 1, 3))
        .with("layer", layer, NetworkSpec.INPUT)
        .with("pool", new Layer.GlobalAveragePooling(), "layer")
        .build();
  }
}
