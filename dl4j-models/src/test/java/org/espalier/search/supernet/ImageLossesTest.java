package org.espalier.search.supernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.espalier.data.Batch;
import org.espalier.data.BatchSource;
import org.espalier.data.ImageDatasetBuilder;
import org.espalier.data.Normalization;
import org.espalier.network.ImageShape;
import org.espalier.network.ReadyMade;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;

class ImageLossesTest {
  private static final ImageShape SHAPE = new ImageShape(6, 6, 1);
  private static final int IMAGES = 5;
  private static final List<Integer> ONLY = List.of();

  private static Batch batch() {
    ImageDatasetBuilder builder = new ImageDatasetBuilder(SHAPE, 255, IMAGES);
    RandomGenerator random = Seeds.generator(3);
    for (int i = 0; i < IMAGES; i++) {
      byte[] image = new byte[SHAPE.size()];
      random.nextBytes(image);
      builder.add(i % 3, image);
    }
    return new BatchSource(
            builder.build(List.of("a", "b", "c"), 0),
            IntStream.range(0, IMAGES).toArray(),
            Normalization.constant(1, 0.5, 0.3),
            IMAGES)
        .inOrder()
        .get(0);
  }

  @Test
  void lossesAndSlopesAreThoseOfTheMeanLoss() {
    NamedLayout layout = NamedLayout.of(ReadyMade.Family.PLAIN3.build(SHAPE, 3, List.of(3, 3, 3)));
    PathStatistics statistics = new PathStatistics(layout.norms());
    SampledPath path = layout.path(layout.whole(), statistics, Map.of());
    try (Supernet net = new Supernet(layout, SHAPE, statistics, (picks, gated) -> path)) {
      net.load(layout.initial(Seeds.generator(4)));
      Batch batch = batch();

      ImageLosses losses = net.imageLosses(ONLY, batch, Seeds.generator(5), true).orElseThrow();

      double mean = IntStream.range(0, IMAGES).mapToDouble(losses::of).average().orElseThrow();
      assertThat(mean).isEqualTo(loss(net, batch), within(1e-5));
      // Single precision and the kinks of ReLU: a step that is neither too small nor too large.
      float step = 0.01f;
      for (int value = 0; value < IMAGES * SHAPE.size(); value += 17) {
        float kept = batch.images()[value];
        batch.images()[value] = kept + step;
        double up = loss(net, batch);
        batch.images()[value] = kept - step;
        double down = loss(net, batch);
        batch.images()[value] = kept;
        assertThat((double) losses.slope(value))
            .as("value %s", value)
            .isEqualTo((up - down) / (2 * step), within(2e-3));
      }
    }
  }

  private static double loss(Supernet net, Batch batch) {
    return net.gradients(ONLY, batch, Seeds.generator(5)).loss();
  }
}
