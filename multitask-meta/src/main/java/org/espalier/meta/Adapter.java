package org.espalier.meta;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.espalier.autograd.Tape;
import org.espalier.cost.Budget;
import org.espalier.network.ImageShape;
import org.espalier.network.NetworkSpec;
import org.espalier.search.cell.space.Skeleton;
import org.espalier.search.space.FeasibleCandidates;
import org.espalier.storage.Floats;
import org.espalier.task.Task;
import org.espalier.tensor.Arena;
import org.espalier.tensor.Precision;
import org.espalier.tensor.Seeds;

/**
 * Does for a new task what meta search learned to do: embeds it, picks a network for it, and adapts
 * the weights that all tasks start from. The task may have any number of classes and of examples.
 */
public final class Adapter {
  private static final long ORDERS = 1;
  private static final long PICKS = 2;

  private final MetaModel model;
  private final ImageBackbone backbone;
  private final int classes;

  /**
   * An adapter for tasks of one size.
   *
   * @param model what was learned
   * @param images shape of the images, one that the model has learned from
   * @param classes to tell apart, at least 2
   * @param budget of the network
   * @throws org.espalier.cost.InfeasibleBudgetException if no network of the model is within it
   */
  public Adapter(MetaModel model, ImageShape images, int classes, Budget budget) {
    this.model = Objects.requireNonNull(model, "model");
    this.classes = classes;
    MetaSettings settings = model.settings();
    backbone =
        new ImageBackbone(
            settings.space(),
            new Skeleton(settings.cells(), settings.channels(), images, classes),
            budget);
  }

  /**
   * The network that was picked for a task.
   *
   * @param spec the network
   * @param description what sets it apart from others of its space, for people
   * @param start weights before adaptation, those of all tasks times the gates of this one
   * @param picks in the space
   */
  public record Pick(NetworkSpec spec, String description, Floats start, List<Integer> picks) {
    public Pick {
      Objects.requireNonNull(spec, "spec");
      Objects.requireNonNull(description, "description");
      Objects.requireNonNull(start, "start");
      picks = List.copyOf(picks);
    }
  }

  /**
   * Picks the network that the controller finds most probable within the budget.
   *
   * @param task its support images are looked at
   * @param seed of the orders in which they are read
   */
  public Pick pick(Task task, long seed) {
    if (task.classes() != classes) {
      throw new IllegalArgumentException(
          "an adapter for %s classes cannot take a task of %s".formatted(classes, task.classes()));
    }
    GuideShape shape =
        MetaBench.guideShape(backbone, model.settings().learning().embedding(), false);
    try (Guide guide = new Guide(shape)) {
      guide.load(model.guide(), false);
      Guide.Embedded embedded = guide.embed(backbone.tokens(task), Seeds.generator(seed, ORDERS));
      List<Integer> picks = guide.pick(embedded, backbone.choices(), 0, Guide.best()).picks();
      if (!backbone.choices().allows(picks)) {
        // Choice by choice within each limit, but not within all of them together.
        picks =
            FeasibleCandidates.sample(backbone.choices(), 1, Seeds.generator(seed, PICKS)).get(0);
      }
      double[] gates = guide.gates(embedded).value().toDoubles();
      try (Tape tape = new Tape(Arena.create(Precision.FLOAT32));
          TaskNetwork network = backbone.network(picks, tape)) {
        float[] start = network.binding().start(model.shared(), gates);
        return new Pick(
            backbone.spec(picks), backbone.describe(picks), Floats.owning(start), picks);
      }
    }
  }

  /**
   * The weights after the steps of adaptation that the settings of meta search name; those before
   * the first step after which they are not finite.
   *
   * @param task its support images are learned from
   */
  public Floats adapt(Pick pick, Task task) {
    try (Tape tape = new Tape(Arena.create(Precision.FLOAT32));
        TaskNetwork network = backbone.network(pick.picks(), tape)) {
      List<float[]> path =
          new ArrayList<>(
              model
                  .settings()
                  .learning()
                  .inner()
                  .judging()
                  .descend(
                      (at, slopes) -> network.support(task, at, slopes).loss(),
                      pick.start().toArray(),
                      MetaBench.factors(model.rates(), network)));
      path.removeIf(weights -> !finite(weights));
      return path.isEmpty() ? pick.start() : Floats.owning(path.get(path.size() - 1));
    }
  }

  private static boolean finite(float[] weights) {
    for (float weight : weights) {
      if (!Float.isFinite(weight)) {
        return false;
      }
    }
    return true;
  }

  /** Multiply-accumulates of {@link #adapt}, a backward pass counted as two forward ones. */
  public long work(Pick pick, Task task) {
    long passes = 3L * model.settings().learning().inner().finalSteps() * task.support().count();
    return Math.multiplyExact(passes, backbone.macs(pick.picks()));
  }
}
