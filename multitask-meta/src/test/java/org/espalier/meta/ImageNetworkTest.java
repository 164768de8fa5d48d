package org.espalier.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.espalier.autograd.Tape;
import org.espalier.cost.Budget;
import org.espalier.network.ImageShape;
import org.espalier.search.cell.space.CellSpaceSettings;
import org.espalier.search.cell.space.Skeleton;
import org.espalier.storage.Floats;
import org.espalier.task.Examples;
import org.espalier.task.Task;
import org.espalier.tensor.Arena;
import org.espalier.tensor.Precision;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;

class ImageNetworkTest {
  private static final ImageShape IMAGE = new ImageShape(8, 8, 1);
  private static final List<Integer> PICKS = List.of(0, 3);

  private static ImageBackbone backbone(int classes) {
    return new ImageBackbone(
        new CellSpaceSettings.ConvolutionBlocks(2),
        new Skeleton(1, 6, IMAGE, classes),
        Budget.ofMacs(10_000_000));
  }

  private static float[] images(int count, long seed) {
    var random = Seeds.generator(seed);
    float[] images = new float[count * IMAGE.size()];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextGaussian();
    }
    return images;
  }

  private static float[] start(ImageBackbone backbone, TaskNetwork network) {
    Floats shared = backbone.initial(Seeds.generator(1));
    double[] gates = new double[backbone.layout().gates()];
    Arrays.fill(gates, 1);
    return network.binding().start(shared, gates);
  }

  @Test
  void noQueryImageHelpsAnother() {
    ImageBackbone backbone = backbone(3);
    Examples support = Examples.classified(images(3, 2), 0, 1, 2);
    float[] queries = images(4, 3);
    int[] labels = {0, 2, 1, 1};
    try (Tape tape = new Tape(Arena.create(Precision.FLOAT32));
        TaskNetwork network = backbone.network(PICKS, tape)) {
      float[] weights = start(backbone, network);
      double together =
          network.judge(new Task(support, Examples.classified(queries, labels), 3), weights).loss();
      double apart = 0;
      for (int i = 0; i < labels.length; i++) {
        float[] one = Arrays.copyOfRange(queries, i * IMAGE.size(), (i + 1) * IMAGE.size());
        Task task = new Task(support, Examples.classified(one, labels[i]), 3);
        apart += network.judge(task, weights).loss() / labels.length;
      }

      assertThat(together).isCloseTo(apart, within(1e-5));
    }
  }

  @Test
  void weightsOfAnyNumberOfClassesAreMadeOfTheSameSharedOnes() {
    assertThat(backbone(5).layout().size()).isEqualTo(backbone(2).layout().size());
    try (Tape tape = new Tape(Arena.create(Precision.FLOAT32));
        TaskNetwork two = backbone(2).network(PICKS, tape);
        TaskNetwork five = backbone(5).network(PICKS, tape)) {
      // A column of the last layer and its bias for each class more.
      assertThat(five.binding().size() - two.binding().size()).isEqualTo(3 * (6 + 1));
    }
  }

  @Test
  void adaptationLowersTheLossOfTheSupportImages() {
    ImageBackbone backbone = backbone(3);
    Examples support = Examples.classified(images(3, 2), 0, 1, 2);
    Task task = new Task(support, support, 3);
    try (Tape tape = new Tape(Arena.create(Precision.FLOAT32));
        TaskNetwork network = backbone.network(PICKS, tape)) {
      float[] weights = start(backbone, network);

      List<float[]> path =
          new InnerLoop(30, 0.3, 10)
              .descend((at, slopes) -> network.support(task, at, slopes).loss(), weights);

      double before = network.judge(task, weights).loss();
      double after = network.judge(task, path.get(30)).loss();
      assertThat(before).isCloseTo(Math.log(3), within(1e-4));
      assertThat(after).isLessThan(0.5 * before);
    }
  }
}
