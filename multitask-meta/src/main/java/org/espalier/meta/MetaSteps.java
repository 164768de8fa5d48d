package org.espalier.meta;

import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.espalier.bench.Steps;
import org.espalier.cost.Budget;
import org.espalier.network.ImageShape;
import org.espalier.search.Contribution;
import org.espalier.search.Outcome;
import org.espalier.search.Sums;
import org.espalier.search.cell.space.CellSpaceSettings;
import org.espalier.search.cell.space.Skeleton;
import org.espalier.search.policy.AdamRule;
import org.espalier.search.supernet.SharedLayout;
import org.espalier.storage.Floats;
import org.espalier.task.Examples;
import org.espalier.task.MetaPart;
import org.espalier.task.Task;
import org.espalier.task.TaskFamily;
import org.espalier.tensor.Seeds;

/**
 * Meta-iterations of first-order MAML as a search runs them for a fixed network: four tasks of five
 * ways, one shot and 15 queries a class, on random images of 28x28; five inner steps on each, the
 * gradient of the query loss, and Adam's step on the mean. The network has four 3x3 convolutions of
 * 64 channels, whose weights lie among those of all operations that blocks can pick.
 *
 * <p>Its peer in PyTorch passes the 75 query images by themselves and normalises them by their own
 * statistics. Here a query image is judged as if it were the only one, so the five support images
 * pass with them and it is these whose statistics count: 80 images.
 */
public final class MetaSteps implements Steps {
  /** What the steps are called beside workloads. */
  public static final String LABEL = "meta";

  private static final int TASKS = 4;
  private static final int WAYS = 5;
  private static final int SHOTS = 1;
  private static final int QUERIES = 15;
  private static final int INNER_STEPS = 5;
  private static final double INNER_RATE = 0.01;
  private static final int CHANNELS = 64;
  private static final ImageShape IMAGE = new ImageShape(28, 28, 1);
  private static final List<Integer> PICKS = List.of(0, 0, 0, 0);

  private final Domain domain;
  private final MetaBench bench;
  private final AdamRule adam;
  private final MetaItem.Learn item;
  private final List<MetaState.Part> weights = new ArrayList<>();

  /** Fresh weights, ready to be trained. */
  public MetaSteps() {
    Skeleton skeleton = new Skeleton(1, CHANNELS, IMAGE, WAYS);
    Backbone backbone =
        new ImageBackbone(
            new CellSpaceSettings.ConvolutionBlocks(PICKS.size()),
            skeleton,
            Budget.ofMacs(Long.MAX_VALUE));
    DomainFacts facts =
        new DomainFacts(
            "random images", WAYS * SHOTS, WAYS * QUERIES, WAYS * QUERIES, WAYS, List.of());
    domain = new Domain(facts, new RandomTasks(), backbone);
    MetaLearning settings = settings();
    bench = new MetaBench(List.of(domain), settings, true);
    adam = settings.outer().adam();
    List<MetaItem.Draw> draws =
        IntStream.range(0, TASKS).mapToObj(number -> new MetaItem.Draw(0, number)).toList();
    item = new MetaItem.Learn(1, 0, LABEL, draws);
    float[] values = backbone.initial(Seeds.generator(1)).toArray();
    for (SharedLayout.Range block : backbone.layout().blocks()) {
      float[] part = new float[block.length()];
      System.arraycopy(values, block.start(), part, 0, part.length);
      weights.add(MetaState.Part.of(Floats.owning(part)));
    }
  }

  private static MetaLearning settings() {
    InnerSettings inner = new InnerSettings(INNER_STEPS, null, INNER_RATE, false, null);
    OuterSettings outer = new OuterSettings(OuterRule.FIRST_ORDER, null);
    return new MetaLearning(null, TASKS, TASKS, null, inner, outer, null, null, null);
  }

  /** Numbers of one seed for each task. */
  private static final class RandomTasks implements TaskFamily {
    private final List<Task> tasks = IntStream.range(0, TASKS).mapToObj(RandomTasks::task).toList();

    private static Task task(int number) {
      RandomGenerator random = Seeds.generator(number);
      return new Task(examples(SHOTS, random), examples(QUERIES, random), WAYS);
    }

    private static Examples examples(int perClass, RandomGenerator random) {
      float[] images = new float[WAYS * perClass * IMAGE.size()];
      for (int i = 0; i < images.length; i++) {
        images[i] = (float) random.nextGaussian();
      }
      int[] labels = IntStream.range(0, WAYS * perClass).map(i -> i / perClass).toArray();
      return Examples.classified(images, labels);
    }

    @Override
    public String name() {
      return "random images";
    }

    @Override
    public Task draw(MetaPart part, long seed) {
      return tasks.get(Math.toIntExact(seed));
    }
  }

  @Override
  public long parameterCount() {
    return bench.network(domain, PICKS).binding().size();
  }

  @Override
  public void step(int number) {
    List<SharedLayout.Range> blocks = domain.backbone().layout().blocks();
    Contribution<MetaResult> learned = bench.learn(view(), item);
    if (learned.outcome() instanceof Outcome.Failure<MetaResult> failure) {
      throw new IllegalStateException(failure.reason());
    }
    Sums sums = learned.sums();
    for (int i = 0; i < weights.size(); i++) {
      MetaState.Part before = weights.get(i);
      MetaState.Part after =
          sums.values(blocks.get(i).name())
              .map(sum -> before.stepped(adam, widened(sum), TASKS))
              .orElse(before);
      weights.set(i, after);
    }
  }

  private MetaView view() {
    return new MetaView(
        List.of(domain.facts()),
        new MetaView.Fixed(PICKS),
        MetaState.joined(weights),
        Floats.owning(new float[weights.size()]),
        Floats.EMPTY,
        Collections.nCopies(1, 0.0),
        0,
        -1);
  }

  /** As the driver gets them. */
  private static DoubleBuffer widened(float[] sum) {
    double[] values = new double[sum.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = sum[i];
    }
    return DoubleBuffer.wrap(values);
  }

  @Override
  public long spilledBytes() {
    return bench.spilledBytes();
  }

  @Override
  public void close() {
    bench.close();
  }
}
