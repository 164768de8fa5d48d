package org.espalier.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.espalier.autograd.Tape;
import org.espalier.autograd.Variable;
import org.espalier.tensor.Shape;

/**
 * A network with its parameters, ready to run on a tape. What each layer does and where it reads is
 * worked out once; running looks nothing up by name. Belongs to one thread.
 */
public final class Network {
  private final NetworkSpec spec;
  private final List<Step> plan = new ArrayList<>();

  /**
   * One layer.
   *
   * @param operation what it does
   * @param sources places of what it reads, 0 being the images
   * @param spent places whose values nothing reads after it
   */
  private record Step(Operation operation, List<Integer> sources, List<Integer> spent) {}

  /**
   * A runnable network.
   *
   * @param spec what it computes
   * @param parameters used and changed in place; closing them is the caller's
   * @throws IllegalArgumentException if the parameters are of another network
   */
  public Network(NetworkSpec spec, LayerParameters parameters) {
    if (!parameters.spec().equals(spec)) {
      throw new IllegalArgumentException(
          "parameters of network '%s' do not fit network '%s'"
              .formatted(parameters.spec().name(), spec.name()));
    }
    this.spec = spec;
    makePlan(new Fusions(spec), parameters);
  }

  private void makePlan(Fusions fusions, LayerParameters parameters) {
    Map<String, Integer> places = new HashMap<>(Map.of(NetworkSpec.INPUT, 0));
    List<Operation> operations = new ArrayList<>();
    List<List<Integer>> sources = new ArrayList<>();
    Lifetimes lifetimes = new Lifetimes();
    for (NetworkSpec.Node node : spec.nodes()) {
      List<Integer> read = node.inputs().stream().map(places::get).toList();
      if (fusions.leftToReader(node)) {
        places.put(node.name(), read.get(0));
      } else {
        operations.add(fusions.operation(node, parameters));
        sources.add(read);
        lifetimes.add(node.layer(), read);
        places.put(node.name(), operations.size());
      }
    }
    List<List<Integer>> spent = lifetimes.spent();
    for (int i = 0; i < operations.size(); i++) {
      plan.add(new Step(operations.get(i), sources.get(i), spent.get(i)));
    }
  }

  /** What it computes. */
  public NetworkSpec spec() {
    return spec;
  }

  /**
   * Runs the network on a batch. Where no gradient flows to the parameters, values in between are
   * given back as soon as nothing reads them, unless the images want a gradient.
   *
   * @param tape takes down the pass
   * @param images {@code [batch, height, width, channels]}, on the tape
   * @param mode how
   * @return logits {@code [batch, classes]}
   */
  public Variable forward(Tape tape, Variable images, Mode mode) {
    checkImages(images.shape());
    Operation.Pass pass = new Operation.Pass(tape, mode);
    List<Variable> values = new ArrayList<>(plan.size() + 1);
    values.add(images);
    Variable last = images;
    for (Step step : plan) {
      List<Variable> inputs = new ArrayList<>(step.sources().size());
      for (int source : step.sources()) {
        inputs.add(values.get(source));
      }
      last = step.operation().apply(pass, inputs);
      values.add(last);
      if (!mode.learns()) {
        step.spent().forEach(place -> values.get(place).giveBack());
      }
    }
    return last;
  }

  private void checkImages(Shape shape) {
    ImageShape input = spec.input();
    if (shape.rank() != 4
        || shape.dimension(1) != input.height()
        || shape.dimension(2) != input.width()
        || shape.dimension(3) != input.channels()) {
      throw new IllegalArgumentException(
          "network '%s' takes images [batch, %s, %s, %s], got %s"
              .formatted(spec.name(), input.height(), input.width(), input.channels(), shape));
    }
  }
}
