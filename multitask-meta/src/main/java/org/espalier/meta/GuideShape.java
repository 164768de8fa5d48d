package org.espalier.meta;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.espalier.storage.Floats;
import org.espalier.tensor.Shape;

/**
 * The parameters of a {@link Guide} as named matrices in one flat vector. Matrices of layers have
 * their biases as last row.
 */
final class GuideShape {
  /**
   * Initial weights are uniform within this over the square root of the inputs: of variance 1 /
   * inputs.
   */
  private static final double SPREAD = StrictMath.sqrt(3);

  /** Gates begin near 1, and so do their differences between tasks. */
  private static final double GATE_SPREAD = 0.01;

  final EmbeddingSettings embedding;
  final int tokens;
  final int gates;
  final List<Integer> options;
  private final Map<String, Part> parts = new LinkedHashMap<>();
  private int size;

  /** A matrix and where it begins. */
  record Part(int start, Shape shape, double spread) {}

  /**
   * A shape.
   *
   * @param tokens numbers of a token
   * @param gates how many there are
   * @param options of each choice
   */
  GuideShape(EmbeddingSettings embedding, int tokens, int gates, List<Integer> options) {
    this.embedding = embedding;
    this.tokens = tokens;
    this.gates = gates;
    this.options = List.copyOf(options);
    int units = embedding.units();
    layer("token", tokens, units);
    switch (embedding.type()) {
      case RECURRENT -> {
        layer("encoder", 2 * units, 4 * units);
        layer("decoder", 2 * units, 4 * units);
        layer("reconstruction", units, tokens);
      }
      case DEEP_SETS -> layer("encoder", units, units);
      case NONE -> {}
    }
    int most = options.stream().mapToInt(Integer::intValue).max().orElseThrow();
    add("picked", Shape.of(1 + most, units), SPREAD);
    layer("controller", 3 * units + options.size() + 1, 4 * units);
    for (int choice = 0; choice < options.size(); choice++) {
      layer("choice" + choice, units, options.get(choice));
    }
    layer("critic", units, 1 + options.stream().mapToInt(Integer::intValue).sum());
    if (gates > 0) {
      add("gates", Shape.of(units + 1, gates), GATE_SPREAD);
    }
  }

  private void layer(String name, int inputs, int outputs) {
    add(name, Shape.of(inputs + 1, outputs), SPREAD / StrictMath.sqrt(inputs));
  }

  private void add(String name, Shape shape, double spread) {
    parts.put(name, new Part(size, shape, spread));
    size = Math.addExact(size, Math.toIntExact(shape.size()));
  }

  /** How many parameters there are. */
  int size() {
    return size;
  }

  /** The matrices by name, in their order. */
  Map<String, Part> parts() {
    return parts;
  }

  /** Random weights, and biases of 0. */
  Floats initial(RandomGenerator random) {
    float[] values = new float[size];
    parts.forEach(
        (name, part) -> {
          boolean table = name.equals("picked");
          int rows = part.shape().dimension(0) - (table ? 0 : 1);
          for (int i = 0; i < rows * part.shape().channels(); i++) {
            values[part.start() + i] = (float) (part.spread() * (2 * random.nextDouble() - 1));
          }
        });
    return Floats.owning(values);
  }
}
