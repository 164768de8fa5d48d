package org.espalier.search.width;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.espalier.autograd.Losses;
import org.espalier.autograd.Parameter;
import org.espalier.autograd.Tape;
import org.espalier.autograd.Variable;
import org.espalier.autograd.Weights;
import org.espalier.network.LayerParameters;
import org.espalier.network.Mode;
import org.espalier.network.Network;
import org.espalier.network.NetworkSpec;
import org.espalier.search.supernet.SampledPath;
import org.espalier.search.supernet.SharedLayout;
import org.espalier.storage.Floats;
import org.espalier.tensor.Arena;
import org.espalier.tensor.Precision;
import org.espalier.tensor.Seeds;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/**
 * One candidate in double precision, its weights made on the tape by {@link Weights#project} from
 * whole kernels, whose gradients come from there too.
 */
final class Reference implements LayerParameters, AutoCloseable {
  private final MetaLayout layout;
  private final AffineMaps maps;
  private final List<Integer> picks;
  private final AffineSupernet supernet;
  private final SampledPath candidate;
  private final Map<String, Parameter> wholes = new HashMap<>();
  private final List<Tensor> owned = new ArrayList<>();
  private final Tape tape = new Tape(Arena.create(Precision.FLOAT64));

  Reference(MetaLayout layout, AffineMaps maps, List<Integer> picks) {
    this.layout = layout;
    this.maps = maps;
    this.picks = picks;
    this.supernet = new AffineSupernet(layout);
    supernet.load(Floats.of(layout.initial(0)), maps);
    this.candidate = supernet.net().path(picks);
  }

  /** The loss; its gradient is there afterwards. */
  double loss(double[] values, float[] images, int[] labels) {
    Network network = new Network(candidate.spec(), this);
    wholes.forEach(
        (name, whole) -> {
          Slab slab = slab(name);
          double[] part = new double[slab.length()];
          System.arraycopy(values, slab.start(), part, 0, part.length);
          whole.value().set(part);
          whole.clearGradient();
        });
    tape.reset();
    var image = candidate.spec().input();
    Shape shape = Shape.of(labels.length, image.height(), image.width(), image.channels());
    Variable input = tape.constant(shape, images);
    Variable logits = network.forward(tape, input, new Mode.Training(Seeds.generator(0), 0));
    Variable loss = Losses.crossEntropy(logits, labels, 0);
    tape.backward(loss);
    return loss.value().item();
  }

  /** Gradient of the last loss in the shared vector. */
  double[] gradient() {
    double[] gradient = new double[layout.size()];
    wholes.forEach(
        (name, whole) -> {
          double[] part = whole.gradient().toDoubles();
          System.arraycopy(part, 0, gradient, slab(name).start(), part.length);
        });
    return gradient;
  }

  @Override
  public NetworkSpec spec() {
    return candidate.spec();
  }

  @Override
  public Source source(String name) {
    Slab slab = slab(name);
    int[] dimensions = candidate.parameter(name).shape().dimensions();
    if (dimensions.length > 1 && slab.rows().size() > 1) {
      dimensions[dimensions.length - 2] = slab.rows().size();
      dimensions[dimensions.length - 1] = slab.columns().size();
    }
    Parameter whole =
        wholes.computeIfAbsent(
            name,
            wanted -> new Parameter(wanted, tensor(dimensions), tensor(dimensions), slab.decays()));
    return (on, trained) ->
        project(slab.rows(), true, project(slab.columns(), false, on.use(whole)));
  }

  /** Where a parameter lies: what widths do not share, as one row in its block. */
  private Slab slab(String name) {
    return layout.slab(name).orElseGet(() -> own(name));
  }

  private Slab own(String name) {
    for (Site site : layout.sites()) {
      int start = layout.pair(site, picks).map(SharedLayout.Range::start).orElse(0);
      if (site.kind() == Site.Kind.SHORTCUT) {
        int kernel = length(site.node() + "/weight");
        if (name.equals(site.node() + "/weight")) {
          return row(start, kernel, true);
        }
        start += kernel;
      }
      String norm = site.norm().orElse("");
      if (name.equals(norm + "/scale")) {
        return row(start, length(name), false);
      } else if (name.equals(norm + "/shift")) {
        return row(start + length(name), length(name), false);
      }
    }
    throw new IllegalArgumentException(name);
  }

  private int length(String name) {
    boolean there =
        candidate.spec().nodes().stream().anyMatch(node -> name.startsWith(node.name() + "/"));
    return there ? Math.toIntExact(candidate.parameter(name).shape().size()) : 0;
  }

  private static Slab row(int start, int length, boolean decays) {
    return new Slab(start, 1, Slab.Axis.fixed(1), Slab.Axis.fixed(length), decays);
  }

  private Variable project(Slab.Axis axis, boolean left, Variable weight) {
    if (axis.position() == Site.FIXED) {
      return weight;
    }
    AffineMap map = axis.map(maps, layout.pick(axis.position(), picks));
    double[] entries = new double[map.rows() * map.columns()];
    float[] rounded = map.matrix();
    for (int i = 0; i < entries.length; i++) {
      entries[i] = rounded[i];
    }
    Variable matrix = weight.tape().constant(Shape.of(map.rows(), map.columns()), entries);
    return left ? Weights.projectLeft(weight, matrix) : Weights.projectRight(weight, matrix);
  }

  @Override
  public Tensor buffer(String name) {
    return tensor(candidate.channels(name.substring(0, name.lastIndexOf('/'))));
  }

  private Tensor tensor(int... dimensions) {
    Tensor tensor = Tensor.persistent(Precision.FLOAT64, Shape.of(dimensions));
    owned.add(tensor);
    return tensor;
  }

  @Override
  public void close() {
    tape.close();
    supernet.close();
    owned.forEach(Tensor::close);
  }
}
