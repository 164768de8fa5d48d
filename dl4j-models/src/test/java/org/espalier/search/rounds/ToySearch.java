package org.espalier.search.rounds;

import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.espalier.report.Chart;
import org.espalier.search.Contribution;
import org.espalier.search.DataLoader;
import org.espalier.search.ItemContext;
import org.espalier.search.Progress;
import org.espalier.search.Reusable;
import org.espalier.search.RoundBytes;
import org.espalier.search.RoundResult;
import org.espalier.search.Search;
import org.espalier.search.SearchCodecs;
import org.espalier.search.SearchContext;
import org.espalier.search.SearchResult;
import org.espalier.search.SumShape;
import org.espalier.search.Sums;
import org.espalier.search.WorkItem;
import org.espalier.storage.Floats;
import org.espalier.tensor.Seeds;

/**
 * A search small enough to read at once that uses all of the contract: it fits a line to points by
 * local steps whose differences are summed, probes how steep the loss is, then refines the line in
 * a chain of items that carry their own weights.
 *
 * @param rounds of summed steps
 * @param items of each kind in such a round
 * @param learningRate of the local steps; above 2 they diverge
 */
public record ToySearch(int rounds, int items, double learningRate)
    implements Search<ToySearch.State, ToySearch.View, ToySearch.Item, ToySearch.Result> {
  /** The name of the points. */
  public static final String POINTS = "points";

  private static final int CHAIN = 3;
  private static final long COST = 1000;

  /** Points on a noisy line. */
  public record Points(Floats x, Floats y) {}

  /** Phases. */
  public enum Phase {
    FIT,
    REFINE,
    DONE
  }

  /** State of the driver. */
  public record State(
      long seed, int round, Phase phase, Floats line, List<Double> losses, int link, long work) {
    public State {
      losses = List.copyOf(losses);
    }
  }

  /** What executors read: nothing while refining. */
  public sealed interface View {
    /** The line so far. */
    record Shared(Floats line) implements View {}

    /** Items carry all. */
    record Nothing() implements View {}
  }

  /** Items. */
  public sealed interface Item extends WorkItem {
    /** Local steps whose difference is summed. */
    record Steps(long seed, long plannedCost, String label, int steps) implements Item {}

    /** The loss near the line; costs half as much. */
    record Probe(long seed, long plannedCost, String label) implements Item {}

    /** The next link of the chain. */
    record Refine(long seed, long plannedCost, String label, Floats line) implements Item {}
  }

  /** Results. */
  public sealed interface Result {
    /** A loss. */
    record Loss(double loss) implements Result {}

    /** A line. */
    record Refined(Floats line, double loss) implements Result {}
  }

  /** Points for it. */
  public static DataLoader points() {
    return new PointsLoader();
  }

  @Override
  public State start(SearchContext context) {
    RandomGenerator random = Seeds.generator(context.seed(), -1);
    Floats line = Floats.of(random.nextFloat(), random.nextFloat());
    return new State(context.seed(), 0, Phase.FIT, line, List.of(), 0, 0);
  }

  @Override
  public List<Item> plan(State state) {
    if (state.phase() == Phase.REFINE) {
      long seed = Seeds.mix(state.seed(), state.round());
      return List.of(new Item.Refine(seed, COST, "link " + state.link(), state.line()));
    }
    List<Item> plan = new ArrayList<>();
    for (int i = 0; i < items; i++) {
      int steps = 1 + i % 3;
      plan.add(
          new Item.Steps(
              Seeds.mix(state.seed(), state.round(), i), steps * COST, "steps " + i, steps));
      plan.add(
          new Item.Probe(
              Seeds.mix(state.seed(), state.round(), items + i), COST / 2, "probe " + i));
    }
    return plan;
  }

  @Override
  public View view(State state) {
    return state.phase() == Phase.FIT ? new View.Shared(state.line()) : new View.Nothing();
  }

  @Override
  public SumShape sums(State state) {
    if (state.phase() != Phase.FIT) {
      return SumShape.NONE;
    }
    return new SumShape(
        List.of(
            new SumShape.Block("line", 2),
            new SumShape.Block("steep", 1),
            new SumShape.Block("never", 7)));
  }

  @Override
  public Contribution<Result> perform(View view, Item item, ItemContext context) {
    Points points = context.data(POINTS, Points.class);
    Scratch scratch = context.borrow("line", Scratch.class, Scratch::new);
    RandomGenerator random = Seeds.generator(item.seed());
    if (item instanceof Item.Refine refine) {
      scratch.write(refine.line());
      descend(scratch, points, 5, random);
      return Contribution.of(new Result.Refined(scratch.read(), loss(scratch, points)));
    }
    Floats line = ((View.Shared) view).line();
    scratch.write(line);
    if (item instanceof Item.Steps steps) {
      descend(scratch, points, steps.steps(), random);
      double loss = loss(scratch, points);
      if (!(loss < 1e6)) {
        return Contribution.failure("the loss was " + (loss > 0 ? "too large" : "not a number"));
      }
      return Contribution.of(new Result.Loss(loss), Sums.of("line", scratch.difference(line)));
    }
    scratch.line[0] += (float) (0.1 * random.nextDouble());
    double loss = loss(scratch, points);
    return Contribution.of(
        new Result.Loss(loss), loss > 0.5 ? Sums.of("steep", (float) loss) : Sums.NONE);
  }

  @Override
  public State advance(State state, RoundResult<Item, Result> round) {
    List<Double> losses = new ArrayList<>(state.losses());
    long work = state.work() + plan(state).stream().mapToLong(WorkItem::plannedCost).sum();
    if (state.phase() == Phase.REFINE) {
      Result.Refined refined = round.values(Item.Refine.class, Result.Refined.class).get(0).value();
      losses.add(refined.loss());
      Phase next = state.link() + 1 == CHAIN ? Phase.DONE : Phase.REFINE;
      return new State(
          state.seed(), state.round() + 1, next, refined.line(), losses, state.link() + 1, work);
    }
    round.values(Item.Steps.class, Result.Loss.class).forEach(v -> losses.add(v.value().loss()));
    losses.add(round.totals().of("steep").get(0));
    DoubleBuffer sum = round.totals().of("line");
    int count = Math.max(1, round.totals().contributions("line"));
    Floats line =
        Floats.of(
            (float) (state.line().get(0) + sum.get(0) / count),
            (float) (state.line().get(1) + sum.get(1) / count));
    Phase next = state.round() + 1 == rounds ? Phase.REFINE : Phase.FIT;
    return new State(state.seed(), state.round() + 1, next, line, losses, 0, work);
  }

  @Override
  public boolean finished(State state) {
    return state.phase() == Phase.DONE;
  }

  @Override
  public SearchResult result(State state) {
    List<Chart.Point> points = new ArrayList<>();
    for (int i = 0; i < state.losses().size(); i++) {
      points.add(new Chart.Point(i, state.losses().get(i)));
    }
    Chart.Line line = new Chart.Line("loss", points, Chart.Style.CURVE);
    return new SearchResult(
        List.of(), List.of(new Chart("Loss", "item", "squared error", List.of(line))));
  }

  @Override
  public Progress progress(State state) {
    long round = 0;
    for (int i = 0; i < items; i++) {
      round += (1 + i % 3) * COST + COST / 2;
    }
    return new Progress(
        state.phase().name(), state.work(), rounds * round + CHAIN * COST, List.of());
  }

  @Override
  public RoundBytes largestRound(State state) {
    return new RoundBytes(200, 200L * items, 40, 200L * items);
  }

  @Override
  public SearchCodecs<State, View, Item, Result> codecs() {
    return SearchCodecs.ofRecords(State.class, View.class, Item.class, Result.class);
  }

  private void descend(Scratch scratch, Points points, int steps, RandomGenerator random) {
    for (int step = 0; step < steps; step++) {
      int i = random.nextInt(points.x().size());
      float x = points.x().get(i);
      float error = scratch.line[0] + scratch.line[1] * x - points.y().get(i);
      scratch.line[0] -= (float) (learningRate * error);
      scratch.line[1] -= (float) (learningRate * error * x);
    }
  }

  private static double loss(Scratch scratch, Points points) {
    double sum = 0;
    for (int i = 0; i < points.x().size(); i++) {
      double error = scratch.line[0] + scratch.line[1] * points.x().get(i) - points.y().get(i);
      sum += error * error;
    }
    return sum / points.x().size();
  }

  /** Where a line is worked on. */
  static final class Scratch implements Reusable {
    final float[] line = new float[2];

    void write(Floats from) {
      line[0] = from.get(0);
      line[1] = from.get(1);
    }

    Floats read() {
      return Floats.of(line);
    }

    float[] difference(Floats from) {
      return new float[] {line[0] - from.get(0), line[1] - from.get(1)};
    }

    @Override
    public void spoil() {
      Arrays.fill(line, Float.NaN);
    }

    @Override
    public void close() {
      spoil();
    }
  }

  private static final class PointsLoader implements DataLoader {
    @Override
    public <D> D load(String fingerprint, Class<D> type) {
      RandomGenerator random = Seeds.generator(5);
      float[] x = new float[20];
      float[] y = new float[20];
      for (int i = 0; i < x.length; i++) {
        x[i] = random.nextFloat();
        y[i] = 3 - 2 * x[i] + 0.1f * random.nextFloat();
      }
      return type.cast(new Points(Floats.of(x), Floats.of(y)));
    }
  }
}
