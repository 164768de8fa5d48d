package org.espalier.search.cell;

import java.util.ArrayList;
import java.util.List;
import org.espalier.data.Batch;
import org.espalier.data.LabelledData;
import org.espalier.search.Contribution;
import org.espalier.search.ItemContext;
import org.espalier.search.Reusable;
import org.espalier.search.cell.space.GatedSpace;
import org.espalier.search.supernet.StepOutcome;
import org.espalier.search.supernet.SupernetBench;
import org.espalier.search.supernet.SupernetItem;
import org.espalier.search.supernet.SupernetResult;

/** An executor's supernet of cells with the images it sees. */
final class CellBench implements Reusable {
  private final CellSettings settings;
  private final CellSupernet supernet;
  private final SupernetBench bench;

  /**
   * A bench.
   *
   * @param view of a round of the stage that it is for
   */
  CellBench(CellSettings settings, CellView view, LabelledData data) {
    this.settings = settings;
    GatedSpace space = settings.space().of(view.skeleton());
    supernet = new CellSupernet(space, StageNets.layout(space, view.laidOut(), settings));
    bench =
        new SupernetBench(
            supernet.net(), settings.supernet(), settings.ranking(), settings.finals(), data);
  }

  Contribution<CellRound.Result> perform(CellView view, CellRound.Item item, ItemContext context) {
    return item instanceof CellRound.Curvature curvature
        ? curvature(view, curvature, context)
        : perform(view, ((CellRound.Shared) item).item(), context).map(CellRound.Found::new);
  }

  private Contribution<CellRound.Result> curvature(
      CellView view, CellRound.Curvature item, ItemContext context) {
    try {
      return Contribution.of(
          new CellRound.Eigenvalue(
              new LogitCurvature(supernet, view, item, bench.rewardBatch(item.judge()), context)
                  .largest()));
    } catch (ArithmeticException e) {
      return Contribution.failure(e.getMessage());
    }
  }

  private Contribution<SupernetResult> perform(
      CellView view, SupernetItem item, ItemContext context) {
    supernet.load(view);
    if (settings.order() == Order.SECOND
        && item instanceof SupernetItem.Judge judge
        && judge.gates()) {
      PathWeights weights = new PathWeights(view, judge);
      double[] gates = Unrolled.gradient(weights, view.learningRate());
      return weights.sound
          ? bench.perform(item, path -> rows(gates, view.kept()), context)
          : Contribution.failure("loss or gradients were not finite");
    }
    return bench.perform(item, supernet::gates, context);
  }

  private static List<List<Double>> rows(double[] flat, List<List<Integer>> kept) {
    List<List<Double>> rows = new ArrayList<>();
    int next = 0;
    for (List<Integer> options : kept) {
      List<Double> row = new ArrayList<>();
      for (int option = 0; option < options.size(); option++) {
        row.add(flat[next++]);
      }
      rows.add(row);
    }
    return rows;
  }

  /** The shared weights of one path. */
  private final class PathWeights implements Unrolled.Weights {
    private final CellView view;
    private final SupernetItem.Judge item;
    private boolean sound = true;

    private PathWeights(CellView view, SupernetItem.Judge item) {
      this.view = view;
      this.item = item;
    }

    @Override
    public void reset() {
      supernet.load(view);
    }

    @Override
    public void move(double[] direction, double by) {
      supernet.net().move(item.picks(), direction, by);
    }

    @Override
    public Unrolled.Gradients training() {
      return gradients(bench.trainingBatch(item), settings.supernet().weightDecay());
    }

    @Override
    public Unrolled.Gradients validation() {
      return gradients(bench.rewardBatch(item), 0);
    }

    private Unrolled.Gradients gradients(Batch batch, double weightDecay) {
      StepOutcome outcome = supernet.net().gradients(item.picks(), batch, bench.random(item));
      sound &= outcome.sound();
      return new Unrolled.Gradients(
          supernet.net().weightGradients(item.picks(), weightDecay),
          supernet.gates(item.picks()).stream()
              .flatMap(List::stream)
              .mapToDouble(Double::doubleValue)
              .toArray());
    }
  }

  @Override
  public void spoil() {
    bench.spoil();
  }

  @Override
  public void close() {
    bench.close();
  }
}
