package org.espalier.search.width;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.espalier.network.ReadyMade;
import org.espalier.search.space.WidthSpace;
import org.espalier.search.supernet.LocalSgd;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;

class CoverageTest {
  private static final WidthSpace SPACE = Spaces.of(ReadyMade.Family.PLAIN3, 1, 2, 4);
  private static final List<Integer> NARROW = List.of(0, 0, 0);
  private static final List<Integer> WIDE = List.of(2, 2, 2);

  @Test
  void whatAllItemsUseIsCountedByAll() {
    Sharing sharing = new Sharing.Ordinal();
    MetaLayout layout = MetaLayout.of(SPACE, sharing);

    int[] counts = counts(layout, sharing, 0, List.of(List.of(NARROW), List.of(WIDE, NARROW)));

    // Input 0 and output 0 of the second convolution, then input 3 and output 3.
    Slab slab = layout.slab("layer2/conv/weight").orElseThrow();
    assertThat(counts[slab.start()]).isEqualTo(2);
    assertThat(counts[slab.start() + 3 * 4 + 3]).isEqualTo(1);
  }

  @Test
  void anItemCountsOnceHoweverManyOfItsStepsUseANumber() {
    Sharing sharing = new Sharing.Ordinal();
    MetaLayout layout = MetaLayout.of(SPACE, sharing);

    int[] counts = counts(layout, sharing, 0, List.of(List.of(WIDE, WIDE, WIDE)));

    assertThat(counts).containsOnly(1);
  }

  @Test
  void itIsWhatAStepChanges() {
    for (Sharing sharing : List.of(new Sharing.Independent(), Sharing.Transition.complete())) {
      MetaLayout layout = MetaLayout.of(SPACE, sharing);
      double angle = Math.PI / 3;
      try (AffineSupernet supernet = new AffineSupernet(layout)) {
        supernet.load(Spaces.unusual(layout), AffineMaps.of(SPACE, sharing, angle));
        List<Integer> picks = List.of(0, 1, 2);
        supernet
            .net()
            .trainStep(picks, Spaces.batch(8), 0.1, new LocalSgd(0, 5e-4, 0), Seeds.generator(0));

        float[] changed = supernet.net().difference().get(MetaLayout.SHARED);
        int[] counts = counts(layout, sharing, angle, List.of(List.of(picks)));

        for (int i = 0; i < counts.length; i++) {
          if (counts[i] == 0) {
            assertThat(changed[i]).isZero();
          }
        }
        assertThat(IntStream.range(0, counts.length).filter(i -> changed[i] != 0))
            .hasSizeGreaterThan(Arrays.stream(counts).sum() * 9 / 10);
      }
    }
  }

  private static int[] counts(
      MetaLayout layout, Sharing sharing, double angle, List<List<List<Integer>>> items) {
    return new Coverage(layout, AffineMaps.of(SPACE, sharing, angle)).of(items);
  }
}
