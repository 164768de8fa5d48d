package org.espalier.search.cell.space;

import java.util.ArrayList;
import java.util.List;
import org.espalier.network.ImageShape;
import org.espalier.network.Layer;
import org.espalier.network.NetworkBuilder;
import org.espalier.network.NetworkSpec;

/** Writes down the network that computes some options, branches that are off left out. */
final class NetworkSketch implements Sketch<String> {
  private final NetworkBuilder network;
  private final List<List<Integer>> options;
  private final Form form;
  private final List<List<List<String>>> gates = new ArrayList<>();

  /**
   * An empty network.
   *
   * @param name of the network
   * @param input shape of one image
   * @param options that are on, for each choice
   * @param sizes options that there are, of each choice
   * @param form how it is built
   */
  NetworkSketch(
      String name, ImageShape input, List<List<Integer>> options, List<Integer> sizes, Form form) {
    this.network = new NetworkBuilder(name, input);
    this.options = options;
    this.form = form;
    for (int size : sizes) {
      List<List<String>> none = new ArrayList<>();
      for (int option = 0; option < size; option++) {
        none.add(new ArrayList<>());
      }
      gates.add(none);
    }
  }

  /** What was drawn. */
  Gated gated() {
    return new Gated(network.build(), gates);
  }

  @Override
  public Form form() {
    return form;
  }

  @Override
  public String images() {
    return NetworkSpec.INPUT;
  }

  @Override
  public String layer(String name, Layer layer, List<String> inputs) {
    return network.add(name, layer, inputs.toArray(String[]::new));
  }

  @Override
  public String either(String name, List<Branch<String>> branches) {
    return sum(name, branches);
  }

  @Override
  public String sum(String name, List<Branch<String>> branches) {
    List<String> values = new ArrayList<>();
    for (Branch<String> branch : branches) {
      if (branch.isAlways()) {
        values.add(branch.value().get());
      } else if (options.get(branch.choice()).stream().anyMatch(branch.options()::contains)) {
        values.add(gated(branch, branch.value().get()));
      }
    }
    return values.size() == 1 ? values.get(0) : layer(name, new Layer.Add(), values);
  }

  private String gated(Branch<String> branch, String value) {
    if (!form.gates() || branch.gate().isEmpty()) {
      return value;
    }
    for (int option : options.get(branch.choice())) {
      if (branch.options().contains(option)) {
        gates.get(branch.choice()).get(option).add(branch.gate());
      }
    }
    return layer(branch.gate(), Layer.Scale.LEARNED, value);
  }
}
