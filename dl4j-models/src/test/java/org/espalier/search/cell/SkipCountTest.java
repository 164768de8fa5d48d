package org.espalier.search.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.espalier.network.ImageShape;
import org.espalier.search.cell.space.CellSpaceSettings;
import org.espalier.search.cell.space.GatedSpace;
import org.espalier.search.cell.space.Skeleton;
import org.espalier.search.space.CostModel;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;

class SkipCountTest {
  private static final Skeleton SKELETON = new Skeleton(3, 4, new ImageShape(8, 8, 1), 10);

  private static int occurrences(String text, String part) {
    return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
  }

  @Test
  void skipsOfTheEdgesThatANormalCellKeepsAreCounted() {
    GatedSpace space = CellSpaceSettings.defaults().of(SKELETON);
    CostModel count = SkipCount.plusOne(space);
    RandomGenerator random = Seeds.generator(4);
    List<Long> seen = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      List<Integer> picks = space.sizes().stream().map(random::nextInt).toList();
      String normal = space.describe(picks).split(", reduction", -1)[0];
      seen.add(count.exact(picks) - 1);
      assertThat(count.exact(picks) - 1).isEqualTo(occurrences(normal, "skip_connect~"));
    }
    assertThat(seen).contains(0L, 1L, 2L, 3L);
  }

  @Test
  void everyEdgeOfADenseCellCounts() {
    GatedSpace space = new CellSpaceSettings.NasBench201().of(SKELETON);

    assertThat(SkipCount.plusOne(space).exact(List.of(1, 1, 0, 1, 2, 1)) - 1).isEqualTo(4);
  }

  @Test
  void aChainHasNone() {
    GatedSpace space = new CellSpaceSettings.Chain(null, null, null).of(SKELETON);
    List<Integer> last = space.sizes().stream().map(size -> size - 1).toList();

    assertThat(SkipCount.plusOne(space).exact(last)).isEqualTo(1);
  }
}
