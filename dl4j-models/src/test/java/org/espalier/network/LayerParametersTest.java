package org.espalier.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.espalier.autograd.Elementwise;
import org.espalier.autograd.Parameter;
import org.espalier.autograd.Tape;
import org.espalier.autograd.Variable;
import org.espalier.tensor.Arena;
import org.espalier.tensor.Precision;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class LayerParametersTest {

  /** Weights that are computed for each pass: here twice what a set holds. */
  private record Doubled(ParameterSet set) implements LayerParameters {
    @Override
    public NetworkSpec spec() {
      return set.spec();
    }

    @Override
    public Source source(String name) {
      return (tape, trained) -> Elementwise.scale(set.source(name).on(tape, trained), 2);
    }

    @Override
    public Tensor buffer(String name) {
      return set.buffer(name);
    }
  }

  @Test
  void parametersMayBeComputedForEachPass() {
    NetworkSpec spec = NetworkTest.smooth();
    double[] images =
        NetworkTest.normal(NetworkTest.BATCH * spec.input().size(), new SplittableRandom(2));
    try (ParameterSet set = NetworkTest.unusual(spec, Precision.FLOAT64);
        ParameterSet twice = NetworkTest.unusual(spec, Precision.FLOAT64);
        Tape tape = new Tape(Arena.create(Precision.FLOAT64))) {
      for (Parameter parameter : twice.parameters()) {
        double[] values = parameter.value().toDoubles();
        parameter.value().set(Arrays.stream(values).map(x -> 2 * x).toArray());
      }
      double[] computed = pass(tape, new Network(spec, new Doubled(set)), images);
      double[] held = pass(tape, new Network(spec, twice), images);

      assertThat(computed).isEqualTo(held);
      for (Parameter parameter : set.parameters()) {
        double[] expected = twice.parameter(parameter.name()).gradient().toDoubles();
        assertThat(parameter.gradient().toDoubles())
            .as(parameter.name())
            .containsExactly(Arrays.stream(expected).map(x -> 2 * x).toArray(), within(1e-12));
      }
    }
  }

  /** Logits of a step; the gradients are in the parameters. */
  private static double[] pass(Tape tape, Network network, double[] images) {
    tape.reset();
    Variable input = tape.constant(NetworkTest.shape(network.spec()), images);
    Variable logits = network.forward(tape, input, NetworkTest.training()).retain();
    tape.backward(NetworkTest.loss(logits));
    return logits.value().toDoubles();
  }
}
