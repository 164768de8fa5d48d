package org.espalier.search.cell;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.espalier.autograd.Losses;
import org.espalier.autograd.Tape;
import org.espalier.autograd.Variable;
import org.espalier.data.Batch;
import org.espalier.network.ImageShape;
import org.espalier.network.LayerParameters;
import org.espalier.network.Mode;
import org.espalier.network.Network;
import org.espalier.network.NetworkSpec;
import org.espalier.search.cell.space.Gated;
import org.espalier.search.supernet.SampledPath;
import org.espalier.tensor.Arena;
import org.espalier.tensor.Precision;
import org.espalier.tensor.Seeds;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/**
 * The loss of a network with gates in double precision, with gates that are given one by one.
 *
 * @param gated the network
 * @param weights whose values are taken over
 * @param batch the images
 * @param once whether a node that several options name counts once where all their gates are 1, as
 *     in sampled paths, and not as often as it is named, as in a mixture
 */
record GatedReference(Gated gated, SampledPath weights, Batch batch, boolean once) {

  /**
   * The loss, in nats.
   *
   * @param gates {@code [choice][option]} of the whole space; those of options that are off do not
   *     matter
   */
  double loss(double[][] gates) {
    Map<String, Double> factors = new HashMap<>();
    for (int choice = 0; choice < gates.length; choice++) {
      List<List<String>> options = gated.gates().get(choice);
      for (int option = 0; option < options.size(); option++) {
        for (String node : options.get(option)) {
          double gate = gates[choice][option];
          factors.merge(node + "/factor", gate, (sum, each) -> once ? sum + each - 1 : sum + each);
        }
      }
    }
    try (Tape tape = new Tape(Arena.create(Precision.FLOAT64));
        Values values = new Values(gated.spec(), weights, factors)) {
      ImageShape image = gated.spec().input();
      Shape shape = Shape.of(batch.size(), image.height(), image.width(), image.channels());
      Variable logits =
          new Network(gated.spec(), values)
              .forward(
                  tape,
                  tape.constant(shape, batch.images()),
                  new Mode.Training(Seeds.generator(0), 0));
      return Losses.crossEntropy(logits, batch.labels(), 0).value().item();
    }
  }

  /** Weights in double precision. */
  private static final class Values implements LayerParameters, AutoCloseable {
    private final NetworkSpec spec;
    private final SampledPath weights;
    private final Map<String, Double> factors;
    private final Map<String, Tensor> buffers = new HashMap<>();

    private Values(NetworkSpec spec, SampledPath weights, Map<String, Double> factors) {
      this.spec = spec;
      this.weights = weights;
      this.factors = factors;
    }

    @Override
    public NetworkSpec spec() {
      return spec;
    }

    @Override
    public Source source(String name) {
      if (factors.containsKey(name)) {
        return (tape, trained) -> tape.constant(Shape.of(1), new double[] {factors.get(name)});
      }
      double[] values = values(weights, name);
      Shape shape = weights.parameter(name).shape();
      return (tape, trained) -> tape.constant(shape, values);
    }

    @Override
    public Tensor buffer(String name) {
      return buffers.computeIfAbsent(
          name,
          each ->
              Tensor.persistent(
                  Precision.FLOAT64,
                  Shape.of(weights.channels(name.substring(0, name.lastIndexOf('/'))))));
    }

    @Override
    public void close() {
      buffers.values().forEach(Tensor::close);
    }
  }

  /** A parameter of a path that was computed before. */
  static double[] values(SampledPath path, String name) {
    try (Tape tape = new Tape(Arena.create(Precision.FLOAT32))) {
      return path.source(name).on(tape, false).value().toDoubles();
    }
  }
}
