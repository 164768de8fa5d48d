package org.espalier.search.cell;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.espalier.data.Batch;
import org.espalier.network.ImageShape;
import org.espalier.search.cell.space.DartsSpace;
import org.espalier.search.cell.space.DenseCellSpace;
import org.espalier.search.cell.space.Form;
import org.espalier.search.cell.space.GatedSpace;
import org.espalier.search.cell.space.Skeleton;
import org.espalier.search.supernet.NamedLayout;
import org.espalier.storage.Floats;
import org.espalier.tensor.Seeds;

/** Supernets of cells for a few small images. */
final class TinyCells {
  private static final ImageShape IMAGE = new ImageShape(6, 6, 1);
  private static final int CLASSES = 3;
  private static final int IMAGES = 8;

  private TinyCells() {}

  /** Cells of edges alone, and cells that choose their edges too. */
  static List<GatedSpace> spaces() {
    Skeleton skeleton = new Skeleton(1, 3, IMAGE, CLASSES);
    return List.of(
        new DenseCellSpace(DenseCellSpace.Cell.SMALL, skeleton),
        new DartsSpace(DartsSpace.OperationSet.GROUPS, skeleton.of(3, 2)));
  }

  static NamedLayout layout(GatedSpace space) {
    return NamedLayout.of(space.supernet(space.everything(), new Form(false, 0, false, 0)).spec());
  }

  /**
   * What executors read, with every option in the race.
   *
   * @param mixture empty for sampled paths
   */
  static CellView view(GatedSpace space, Floats values, List<List<Double>> mixture) {
    return new CellView(
        space.skeleton(), space.everything(), space.everything(), values, 0.1, 0, 0, mixture);
  }

  static Floats values(NamedLayout layout) {
    return layout.initial(Seeds.generator(5));
  }

  static List<Integer> picks(GatedSpace space, long seed) {
    RandomGenerator random = Seeds.generator(seed);
    return space.sizes().stream().map(random::nextInt).toList();
  }

  static Batch batch(long seed) {
    RandomGenerator random = Seeds.generator(seed);
    float[] images = new float[IMAGES * IMAGE.size()];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextGaussian();
    }
    return Batch.of(IMAGE, images, IntStream.range(0, IMAGES).map(i -> i % CLASSES).toArray());
  }
}
