package org.espalier.bench;

import java.util.Collections;
import java.util.List;
import org.espalier.data.Batch;
import org.espalier.network.ImageShape;
import org.espalier.search.cell.CellSupernet;
import org.espalier.search.cell.CellView;
import org.espalier.search.cell.space.DenseCellSpace;
import org.espalier.search.cell.space.Form;
import org.espalier.search.cell.space.Skeleton;
import org.espalier.search.policy.PathCode;
import org.espalier.search.policy.Policy;
import org.espalier.search.policy.SamplerSettings;
import org.espalier.search.space.PricedChoices;
import org.espalier.search.supernet.LocalSgd;
import org.espalier.search.supernet.NamedLayout;
import org.espalier.storage.Floats;
import org.espalier.tensor.Seeds;
import org.espalier.tensor.Shape;

/**
 * Steps of the supernet of NAS-Bench-201's cells, 16 channels and five cells a stage. A path is
 * drawn from a policy in each step and its network is made anew, as in a search.
 */
final class CellSteps implements Steps {
  /** The operations of {@link Workload#SAMPLED} among those of the space, edge by edge. */
  private static final List<Integer> SAMPLE = List.of(3, 2, 3, 1, 3, 4);

  /** Paths that take turns where it is the drawn ones that are trained. */
  private static final int DRAWN = 15;

  private static final int CELLS = 5;
  private static final int CHANNELS = 16;
  private static final double RATE = 0.01;
  private static final LocalSgd SGD = new LocalSgd(0.9, 3e-4, 0);

  private final RandomImages batch;
  private final NamedLayout layout;
  private final CellSupernet supernet;
  private final ImageShape input;
  private final PricedChoices choices;
  private final Policy policy;
  private final Trained trained;

  /** What a step trains. */
  enum Trained {
    /** The path of {@link Workload#SAMPLED} in place of the drawn one. */
    SAMPLE,
    /** The drawn path, from a policy to which all are alike. */
    DRAWN,
    /** Every operation of every edge. */
    MIXTURE
  }

  CellSteps(RandomImages batch, Trained trained) {
    this.batch = batch;
    Shape images = batch.shape;
    this.trained = trained;
    input = new ImageShape(images.dimension(1), images.dimension(2), images.dimension(3));
    Skeleton skeleton = new Skeleton(CELLS, CHANNELS, input, Workload.CLASSES);
    DenseCellSpace space = new DenseCellSpace(DenseCellSpace.Cell.NAS_BENCH_201, skeleton);
    List<List<Integer>> everything = space.everything();
    layout = NamedLayout.of(space.supernet(everything, new Form(false, 0, false, 0)).spec());
    supernet = new CellSupernet(space, layout);
    Floats values = layout.initial(Seeds.generator(1));
    double gate = 1.0 / everything.get(0).size();
    List<List<Double>> gates =
        trained == Trained.MIXTURE
            ? everything.stream().map(row -> Collections.nCopies(row.size(), gate)).toList()
            : List.of();
    supernet.load(new CellView(skeleton, everything, everything, values, RATE, 0, 0, gates));
    choices = space.free();
    policy = SamplerSettings.defaults().start(choices, 1, Seeds.generator(2));
  }

  @Override
  public long parameterCount() {
    return layout.size();
  }

  @Override
  public int kinds() {
    return trained == Trained.DRAWN ? DRAWN : 1;
  }

  @Override
  public void step(int number) {
    List<Integer> drawn = policy.paths(choices, 1, Seeds.generator(number % kinds())).get(0);
    List<Integer> path =
        switch (trained) {
          case SAMPLE -> SAMPLE;
          case DRAWN -> drawn;
          case MIXTURE -> PathCode.all(choices.sizes());
        };
    supernet.net().forgetPaths();
    supernet
        .net()
        .trainStep(
            path, Batch.of(input, batch.images, batch.labels), RATE, SGD, Seeds.generator(number));
  }

  @Override
  public long spilledBytes() {
    return supernet.net().spilledBytes();
  }

  @Override
  public void close() {
    supernet.close();
  }
}
