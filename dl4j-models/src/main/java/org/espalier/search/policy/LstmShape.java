package org.espalier.search.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.espalier.storage.Floats;
import org.espalier.tensor.Shape;

/**
 * Where the parameters of the controller's network lie in one flat array: the embeddings, one row
 * for each pick that any choice has and one, the first, for "none yet"; for each LSTM layer the
 * weights {@code [inputs + hidden, 4 * hidden]}, gates in the order input, forget, cell, output,
 * and their biases; for each choice its head {@code [options, hidden]} and biases.
 */
final class LstmShape {
  /** Embeddings are no shorter, however many choices there are. */
  private static final int LEAST_EMBEDDING = 8;

  /** Initial parameters are uniform between minus this and this. */
  private static final double INITIAL = 0.1;

  final int hidden;
  final int layers;
  private final int embedding;

  /** Length of the first layer's input: embedding, one-hot choice, free share of the limit. */
  private final int inputs;

  final int choices;

  /** Number of parameters. */
  final int size;

  private final List<Integer> sizes;
  private final int[] cells;
  private final int[] heads;

  LstmShape(int hidden, int layers, List<Integer> sizes) {
    this.sizes = sizes;
    this.hidden = hidden;
    this.layers = layers;
    choices = sizes.size();
    embedding = Math.max(LEAST_EMBEDDING, hidden - choices - 1);
    inputs = embedding + choices + 1;
    int rows = 1 + sizes.stream().mapToInt(Integer::intValue).max().orElse(0);
    int next = rows * embedding;
    cells = new int[layers];
    for (int layer = 0; layer < layers; layer++) {
      cells[layer] = next;
      next += (inputs(layer) + hidden + 1) * 4 * hidden;
    }
    heads = new int[choices];
    for (int choice = 0; choice < choices; choice++) {
      heads[choice] = next;
      next += options(choice) * (hidden + 1);
    }
    size = next;
  }

  /** Random parameters, with biases of 0. */
  Floats initial(RandomGenerator random) {
    float[] weights = new float[size];
    for (int i = 0; i < size; i++) {
      weights[i] = (float) (INITIAL * (2 * random.nextDouble() - 1));
    }
    for (int layer = 0; layer < layers; layer++) {
      clear(weights, biases(layer), 4 * hidden);
    }
    for (int choice = 0; choice < choices; choice++) {
      clear(weights, headBiases(choice), options(choice));
    }
    return Floats.of(weights);
  }

  private static void clear(float[] values, int from, int count) {
    Arrays.fill(values, from, from + count, 0);
  }

  int options(int choice) {
    return sizes.get(choice);
  }

  /**
   * A matrix of parameters.
   *
   * @param start index of its first number in the flat array
   * @param shape of the matrix
   * @param turned whether the rows of the flat array are its columns, but for the last row
   */
  record Part(int start, Shape shape, boolean turned) {
    /** Its numbers. */
    double[] of(double[] flat) {
      double[] values = new double[Math.toIntExact(shape.size())];
      for (int i = 0; i < values.length; i++) {
        values[i] = flat[index(i)];
      }
      return values;
    }

    /** Writes its numbers. */
    void put(double[] values, double[] flat) {
      for (int i = 0; i < values.length; i++) {
        flat[index(i)] = values[i];
      }
    }

    private int index(int i) {
      int columns = shape.channels();
      int inputs = shape.dimension(0) - 1;
      return turned && i < inputs * columns
          ? start + i % columns * inputs + i / columns
          : start + i;
    }
  }

  /**
   * The embeddings {@code [rows, embedding]}; for each layer its weights, for each choice its head,
   * both as {@code [inputs and 1, outputs]} with the biases as last row.
   */
  List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    parts.add(new Part(0, Shape.of(cells[0] / embedding, embedding), false));
    for (int layer = 0; layer < layers; layer++) {
      parts.add(new Part(cells[layer], Shape.of(inputs(layer) + hidden + 1, 4 * hidden), false));
    }
    for (int choice = 0; choice < choices; choice++) {
      parts.add(new Part(heads[choice], Shape.of(hidden + 1, options(choice)), true));
    }
    return List.copyOf(parts);
  }

  private int inputs(int layer) {
    return layer == 0 ? inputs : hidden;
  }

  private int biases(int layer) {
    return cells[layer] + (inputs(layer) + hidden) * 4 * hidden;
  }

  /** Index of the first number of a choice's head. */
  int head(int choice) {
    return heads[choice];
  }

  private int headBiases(int choice) {
    return heads[choice] + options(choice) * hidden;
  }
}
