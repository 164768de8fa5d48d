package org.espalier.search.policy;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.espalier.storage.Floats;

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
  final int embedding;

  /** Length of the first layer's input: embedding, one-hot choice, free share of the limit. */
  final int inputs;

  final int choices;

  /** Number of parameters. */
  final int size;

  private final List<Integer> sizes;
  private final int[] cells;
  private final int[] heads;

  LstmShape(LstmSettings settings, List<Integer> sizes) {
    this.sizes = sizes;
    hidden = settings.hidden();
    layers = settings.layers();
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

  int inputs(int layer) {
    return layer == 0 ? inputs : hidden;
  }

  /** Row of the embedding of a pick; -1 is none yet. */
  int embedding(int pick) {
    return (pick + 1) * embedding;
  }

  /** The first row of a layer's weights; those of its hidden values follow those of its inputs. */
  int cell(int layer) {
    return cells[layer];
  }

  int biases(int layer) {
    return cells[layer] + (inputs(layer) + hidden) * 4 * hidden;
  }

  int head(int choice) {
    return heads[choice];
  }

  int headBiases(int choice) {
    return heads[choice] + options(choice) * hidden;
  }
}
