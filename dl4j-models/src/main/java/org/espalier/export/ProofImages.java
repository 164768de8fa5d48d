package org.espalier.export;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.espalier.autograd.Tape;
import org.espalier.autograd.Variable;
import org.espalier.network.FeatureShape;
import org.espalier.network.ImageShape;
import org.espalier.network.Layer;
import org.espalier.network.Mode;
import org.espalier.network.Network;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ShapeInference;
import org.espalier.tensor.Arena;
import org.espalier.tensor.Precision;
import org.espalier.tensor.Shape;

/** Images and what our own network says about them, with which exports are compared. */
public final class ProofImages {
  /** The most values of all images together; they are held a few times. */
  public static final int MOST_VALUES = 1 << 24;

  /** Images of one call; bounds the memory that a proof needs. */
  static final int BATCH = 50;

  /** Values of the images of one call, which are held several times: of large images fewer. */
  private static final int VALUES_AT_ONCE = 1 << 22;

  private final ImageShape shape;
  private final int count;
  private final float[] images;
  private final float[] logits;
  private final long longestMean;

  private ProofImages(NetworkSpec spec, int count, float[] images, float[] logits) {
    this.shape = spec.input();
    this.count = count;
    this.images = images;
    this.logits = logits;
    this.longestMean = longestMean(spec);
  }

  private static long longestMean(NetworkSpec spec) {
    Map<String, FeatureShape> shapes = ShapeInference.infer(spec);
    return spec.nodes().stream()
        .filter(node -> node.layer() instanceof Layer.GlobalAveragePooling)
        .map(node -> shapes.get(node.inputs().get(0)))
        .mapToLong(map -> map.size() / map.channels())
        .max()
        .orElse(1);
  }

  /**
   * Runs our network on images, as in evaluation.
   *
   * @param network the network that is exported
   * @param normalization what happens to pixels before it, the same as in the exported model
   * @param images {@code [count, height, width, channels]}: plain pixels if there is a
   *     normalisation, else as the network takes them
   * @throws IllegalArgumentException if that is no whole number of images, or none
   */
  public static ProofImages run(
      Network network, Optional<InputNormalization> normalization, float[] images) {
    ImageShape image = network.spec().input();
    int count = images.length / image.size();
    if (count == 0 || count * image.size() != images.length) {
      throw new IllegalArgumentException(
          "a proof needs whole images %s, got %s values".formatted(image, images.length));
    }
    try (Tape tape = new Tape(Arena.create(Precision.FLOAT32))) {
      LogitsFunction reference =
          (batch, size) -> {
            tape.reset();
            float[] normalized = normalization.map(n -> n.apply(batch)).orElse(batch);
            Shape shape = Shape.of(size, image.height(), image.width(), image.channels());
            Variable input = tape.constant(shape, normalized);
            return network.forward(tape, input, new Mode.Evaluation()).value().toFloats();
          };
      float[] logits = inBatches(reference, images, count, BATCH);
      return new ProofImages(network.spec(), count, images.clone(), logits);
    }
  }

  /** Number of images. */
  public int count() {
    return count;
  }

  /** Shape of an image. */
  public ImageShape shape() {
    return shape;
  }

  /** The most places over which the network takes a mean, 1 if it takes none. */
  long longestMean() {
    return longestMean;
  }

  /** Our own logits, {@code [count, classes]}; not to be written to. */
  float[] logits() {
    return logits;
  }

  /** What another function says about the images, {@code [count, classes]}. */
  float[] logits(LogitsFunction function) {
    return inBatches(function, images, count, BATCH);
  }

  /** The same in calls of one image each, where rounding may differ. */
  float[] logitsOneByOne(LogitsFunction function) {
    return inBatches(function, images, count, 1);
  }

  private static float[] inBatches(LogitsFunction function, float[] images, int count, int most) {
    int size = images.length / count;
    float[] all = new float[0];
    int each = Math.max(1, Math.min(most, VALUES_AT_ONCE / size));
    for (int from = 0; from < count; from += each) {
      int batch = Math.min(each, count - from);
      float[] part = Arrays.copyOfRange(images, from * size, (from + batch) * size);
      float[] logits = function.logits(part, batch);
      if (from == 0) {
        all = new float[Math.multiplyExact(logits.length / batch, count)];
      }
      System.arraycopy(logits, 0, all, all.length / count * from, logits.length);
    }
    return all;
  }
}
