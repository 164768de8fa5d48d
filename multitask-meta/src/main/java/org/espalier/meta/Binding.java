package org.espalier.meta;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.espalier.search.Sums;
import org.espalier.search.supernet.SharedLayout;
import org.espalier.storage.Floats;
import org.espalier.tensor.Shape;

/**
 * How the weights of one task's network are made of those that all tasks share: each is copied and
 * multiplied by the gate of its output channel. A last layer that is shared as one column is that
 * column for every class, so that a network can have any number of them and does not depend on
 * their order (Ye and Chao, "How to train your MAML to excel in few-shot classification", ICLR
 * 2022, section 5).
 */
final class Binding {
  private final MetaLayout layout;
  private final List<Piece> pieces = new ArrayList<>();
  private final List<SharedLayout.Range> blocks;
  private final int size;

  /**
   * A parameter here and there.
   *
   * @param own index of its first number in the network's weights
   * @param columns output channels in the network
   * @param block place of its block in the layout
   */
  private record Piece(MetaLayout.Place place, int own, int columns, int block) {
    int rows() {
      return Math.toIntExact(place.shape().size()) / place.shape().channels();
    }

    /** The shared column that a column of the network is made of. */
    int shared(int column) {
      return place.shape().channels() == columns ? column : 0;
    }
  }

  /**
   * A binding.
   *
   * @param parameters of the network with their shapes, in the order of its weights
   * @throws IllegalArgumentException if one is not shared, or in another shape
   */
  Binding(MetaLayout layout, Map<String, Shape> parameters) {
    this.layout = layout;
    int own = 0;
    for (Map.Entry<String, Shape> each : parameters.entrySet()) {
      MetaLayout.Place place = layout.place(each.getKey());
      Shape shape = each.getValue();
      boolean replicated = place.shape().channels() == 1;
      if (!place.shape().equals(replicated ? shape.withChannels(1) : shape)) {
        throw new IllegalArgumentException(
            "'%s' is shared as %s, the network has it as %s"
                .formatted(each.getKey(), place.shape(), shape));
      }
      pieces.add(new Piece(place, own, shape.channels(), layout.block(place)));
      own += Math.toIntExact(shape.size());
    }
    size = own;
    blocks = layout.blocksOf(List.copyOf(parameters.keySet()));
  }

  /** For each block of the layout 1 if the network has weights of it, else 0. */
  float[] uses() {
    List<SharedLayout.Range> all = layout.blocks();
    float[] uses = new float[all.size()];
    for (int i = 0; i < uses.length; i++) {
      uses[i] = blocks.contains(all.get(i)) ? 1 : 0;
    }
    return uses;
  }

  /** How many weights the network has. */
  int size() {
    return size;
  }

  /**
   * The weights that the network starts from.
   *
   * @param shared all of the layout
   * @param gates all of the layout
   */
  float[] start(Floats shared, double[] gates) {
    FloatBuffer from = shared.view();
    float[] weights = new float[size];
    for (Piece piece : pieces) {
      int width = piece.place().shape().channels();
      int at = piece.own();
      for (int row = 0; row < piece.rows(); row++) {
        for (int column = 0; column < piece.columns(); column++) {
          int other = piece.shared(column);
          float value = from.get(piece.place().start() + row * width + other);
          weights[at++] =
              piece.place().gate() < 0
                  ? value
                  : (float) (gates[piece.place().gate() + other] * value);
        }
      }
    }
    return weights;
  }

  /** One value a weight, each that of its block. */
  float[] ofBlocks(float[] values) {
    float[] each = new float[size];
    for (Piece piece : pieces) {
      int length = piece.rows() * piece.columns();
      Arrays.fill(each, piece.own(), piece.own() + length, values[piece.block()]);
    }
    return each;
  }

  /** Sums over the weights of each block of the layout. */
  float[] byBlocks(float[] one, float[] other) {
    double[] sums = new double[layout.blocks().size()];
    for (Piece piece : pieces) {
      for (int i = piece.own(); i < piece.own() + piece.rows() * piece.columns(); i++) {
        sums[piece.block()] += (double) one[i] * other[i];
      }
    }
    float[] rounded = new float[sums.length];
    for (int i = 0; i < sums.length; i++) {
      rounded[i] = (float) sums[i];
    }
    return rounded;
  }

  /**
   * The gradient of what is shared, by blocks, from the gradient of the weights at the start.
   *
   * @param gradient one a weight of the network
   * @param toGates gets the gradient of the gates added
   */
  Sums shared(float[] gradient, Floats shared, double[] gates, double[] toGates) {
    FloatBuffer from = shared.view();
    float[] sums = new float[layout.size()];
    for (Piece piece : pieces) {
      int width = piece.place().shape().channels();
      int at = piece.own();
      for (int row = 0; row < piece.rows(); row++) {
        for (int column = 0; column < piece.columns(); column++) {
          int other = piece.shared(column);
          int index = piece.place().start() + row * width + other;
          float slope = gradient[at++];
          if (piece.place().gate() < 0) {
            sums[index] += slope;
          } else {
            int gate = piece.place().gate() + other;
            sums[index] += (float) (gates[gate] * slope);
            toGates[gate] += (double) slope * from.get(index);
          }
        }
      }
    }
    Sums result = Sums.NONE;
    for (SharedLayout.Range block : blocks) {
      result =
          result.and(
              block.name(),
              Arrays.copyOfRange(sums, block.start(), block.start() + block.length()));
    }
    return result;
  }
}
