package org.espalier.search.cell.space;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.espalier.autograd.Tape;
import org.espalier.network.Mode;
import org.espalier.network.Network;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ParameterSet;
import org.espalier.tensor.Arena;
import org.espalier.tensor.Precision;
import org.espalier.tensor.Seeds;
import org.espalier.tensor.Shape;

/** Weights of a supernet by name, and what networks give that take theirs from them. */
final class Weights {
  private static final int BATCH = 3;

  private final Map<String, float[]> values = new HashMap<>();

  private Weights() {}

  /** Random weights, running statistics too, of everything that a space has. */
  static Weights of(NetworkSpec everything) {
    Weights weights = new Weights();
    RandomGenerator random = Seeds.generator(11);
    try (ParameterSet set = ParameterSet.allocate(everything).initialise(random)) {
      set.parameters().forEach(each -> weights.values.put(each.name(), each.value().toFloats()));
      for (String buffer : set.bufferNames()) {
        float[] moved = set.buffer(buffer).toFloats();
        for (int i = 0; i < moved.length; i++) {
          moved[i] += 0.3f * random.nextFloat();
        }
        weights.values.put(buffer, moved);
      }
    }
    return weights;
  }

  /** Given weights. */
  static Weights of(Map<String, float[]> values) {
    Weights weights = new Weights();
    weights.values.putAll(values);
    return weights;
  }

  /** Sets what a gate multiplies by. */
  void gate(String node, double factor) {
    values.put(node + "/factor", new float[] {(float) factor});
  }

  /** Logits of random images; every weight must be here, of the same shape. */
  float[] logits(NetworkSpec spec) {
    try (ParameterSet set = ParameterSet.allocate(spec);
        Tape tape = new Tape(Arena.create(Precision.FLOAT32))) {
      set.parameters().forEach(each -> each.value().set(values.get(each.name())));
      set.bufferNames().forEach(name -> set.buffer(name).set(values.get(name)));
      float[] images = new float[BATCH * spec.input().size()];
      RandomGenerator random = Seeds.generator(12);
      for (int i = 0; i < images.length; i++) {
        images[i] = (float) random.nextGaussian();
      }
      Shape shape =
          Shape.of(BATCH, spec.input().height(), spec.input().width(), spec.input().channels());
      return new Network(spec, set)
          .forward(tape, tape.constant(shape, images), new Mode.Evaluation())
          .value()
          .toFloats();
    }
  }

  /** The names of parameters and buffers with their shapes. */
  static Map<String, Shape> shapes(NetworkSpec spec) {
    Map<String, Shape> shapes = new HashMap<>();
    try (ParameterSet set = ParameterSet.allocate(spec)) {
      set.parameters().forEach(each -> shapes.put(each.name(), each.value().shape()));
      List<String> buffers = set.bufferNames();
      buffers.forEach(name -> shapes.put(name, set.buffer(name).shape()));
    }
    return shapes;
  }
}
