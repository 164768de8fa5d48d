package org.espalier.search.cell;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.espalier.autograd.Tape;
import org.espalier.network.NetworkSpec;
import org.espalier.search.cell.space.Form;
import org.espalier.search.cell.space.Gated;
import org.espalier.search.cell.space.GatedSpace;
import org.espalier.search.policy.PathCode;
import org.espalier.search.supernet.NamedLayout;
import org.espalier.search.supernet.PathStatistics;
import org.espalier.search.supernet.SampledPath;
import org.espalier.search.supernet.SharedParameter;
import org.espalier.search.supernet.SharedVector;
import org.espalier.search.supernet.Supernet;
import org.espalier.tensor.Shape;

/**
 * An executor's shared weights of all cells: makes the network of a path, with gates where their
 * gradients are wanted or where they are not 1. What several options of a sampled path have in
 * common, such as an edge of two pairs, counts once there. Belongs to one thread.
 */
public final class CellSupernet implements AutoCloseable {
  private static final String FACTOR = "/factor";

  private final GatedSpace space;
  private final NamedLayout layout;
  private final PathStatistics statistics;
  private final Supernet net;
  private Optional<CellView> view = Optional.empty();

  /** A supernet; what it holds is unspecified until {@link #load}. */
  public CellSupernet(GatedSpace space, NamedLayout layout) {
    this.space = space;
    this.layout = layout;
    statistics = new PathStatistics(layout.norms());
    net = new Supernet(layout, layout.whole().input(), statistics, this::path);
  }

  /** Starts an item. */
  public void load(CellView current) {
    boolean same =
        view.filter(
                before ->
                    before.kept().equals(current.kept())
                        && before.mixture().equals(current.mixture())
                        && before.skipDropout() == current.skipDropout()
                        && before.auxiliarySkip() == current.auxiliarySkip())
            .isPresent();
    if (!same) {
      net.forgetPaths();
    }
    view = Optional.of(current);
    net.load(current.values());
  }

  /** What takes steps. */
  public Supernet net() {
    return net;
  }

  private Gated built(List<Integer> path, boolean gated) {
    CellView now = view.orElseThrow();
    Form form = new Form(false, now.skipDropout(), gated, now.auxiliarySkip());
    return space.supernet(new KeptSpace(space, now.kept()).options(path), form);
  }

  private SampledPath path(List<Integer> path, boolean gated) {
    List<List<Double>> mixture = view.orElseThrow().mixture();
    boolean mixes = !mixture.isEmpty() && several(path);
    Gated built = built(path, gated || mixes);
    Map<String, SharedParameter> gates = new LinkedHashMap<>();
    factors(built, path)
        .forEach(
            (node, options) -> {
              double factor = 1;
              if (mixes) {
                factor = 0;
                for (Option option : options) {
                  factor += mixture.get(option.choice()).get(option.index());
                }
              }
              gates.put(
                  node + FACTOR,
                  new SharedParameter(Shape.of(1), false, new Constant((float) factor)));
            });
    return layout.path(built.spec(), statistics, gates);
  }

  /** Whether a path computes more than one option of some choice. */
  private boolean several(List<Integer> path) {
    List<List<Integer>> kept = view.orElseThrow().kept();
    for (int choice = 0; choice < kept.size(); choice++) {
      if (path.get(choice) >= kept.get(choice).size()) {
        return true;
      }
    }
    return false;
  }

  /**
   * An option of a choice.
   *
   * @param index among the kept ones
   */
  private record Option(int choice, int index) {}

  /** The gated nodes that a network has, each with the options whose gates add up to its factor. */
  private Map<String, List<Option>> factors(Gated built, List<Integer> path) {
    List<List<Integer>> kept = view.orElseThrow().kept();
    Set<String> present = new LinkedHashSet<>();
    for (NetworkSpec.Node node : built.spec().nodes()) {
      if (node.layer() instanceof org.espalier.network.Layer.Scale scale && scale.learned()) {
        present.add(node.name());
      }
    }
    Map<String, List<Option>> factors = new HashMap<>();
    for (int choice = 0; choice < kept.size(); choice++) {
      List<Integer> all = kept.get(choice);
      for (int index : PathCode.options(path.get(choice), all.size())) {
        for (String node : built.gates().get(choice).get(all.get(index))) {
          if (present.contains(node)) {
            factors.computeIfAbsent(node, name -> new ArrayList<>()).add(new Option(choice, index));
          }
        }
      }
    }
    Map<String, List<Option>> ordered = new LinkedHashMap<>();
    present.forEach(node -> ordered.put(node, Objects.requireNonNull(factors.get(node), node)));
    return ordered;
  }

  /**
   * After {@link Supernet#gradients}, for each choice and kept option the derivative of the loss by
   * its gate; 0 for what was not computed.
   */
  List<List<Double>> gates(List<Integer> path) {
    SampledPath ran = net.gated(path);
    List<List<Integer>> kept = view.orElseThrow().kept();
    double[][] slopes = kept.stream().map(all -> new double[all.size()]).toArray(double[][]::new);
    factors(built(path, true), path)
        .forEach(
            (node, options) -> {
              double slope = ran.parameter(node + FACTOR).gradient(0);
              options.forEach(option -> slopes[option.choice()][option.index()] += slope);
            });
    List<List<Double>> gates = new ArrayList<>();
    for (double[] row : slopes) {
      gates.add(java.util.Arrays.stream(row).boxed().toList());
    }
    return gates;
  }

  /** A gate: given, and not learned by the steps of the weights. */
  private record Constant(float value) implements SharedParameter.Source {
    @Override
    public void project(SharedVector shared, Tape tape, float[] target) {
      target[0] = value;
    }

    @Override
    public void descend(SharedVector shared, Tape tape, float[] gradient, SharedVector.Step step) {
      // The policy moves gates.
    }
  }

  @Override
  public void close() {
    net.close();
  }
}
