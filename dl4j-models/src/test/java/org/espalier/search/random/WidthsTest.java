package org.espalier.search.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.espalier.network.ImageShape;
import org.espalier.network.ReadyMade;
import org.espalier.tensor.Seeds;
import org.espalier.training.TrainingSettings;
import org.junit.jupiter.api.Test;

class WidthsTest {
  private static final ImageShape SHAPE = new ImageShape(8, 8, 1);
  private static final WidthSpace SMALL = space(List.of(0.25, 0.5));
  private static final WidthSpace LARGE = space(List.of(0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 1.75));

  @Test
  void widthsAreRoundedSharesOfTheUsualOnes() {
    WidthSpace space = WidthSpace.of(ReadyMade.Family.PLAIN, SHAPE, 10, List.of(0.1, 0.4, 1.0), 4);

    // Usual widths are 16, 16, 32, 32, 64, 64; nothing falls below one multiple.
    assertThat(space.choices().get(0)).containsExactly(4, 8, 16);
    assertThat(space.choices().get(2)).containsExactly(4, 12, 32);
    assertThat(space.choices().get(4)).containsExactly(8, 24, 64);
  }

  @Test
  void aSpaceNumbersEachOfItsNetworksOnce() {
    HashSet<List<Integer>> all = new HashSet<>();
    for (long number = 0; number < SMALL.size(); number++) {
      all.add(SMALL.widths(number));
    }

    assertThat(SMALL.size()).isEqualTo(64);
    assertThat(all).hasSize(64).contains(List.of(4, 4, 8, 8, 16, 16), SMALL.widths(63));
    assertThat(SMALL.narrowest()).containsExactly(4, 4, 8, 8, 16, 16);
  }

  @Test
  void aSampleOfEverythingIsExactlyTheFeasibleNetworks() {
    long budget = 85_408;
    HashSet<List<Integer>> feasible = new HashSet<>();
    for (long number = 0; number < SMALL.size(); number++) {
      if (SMALL.cost(SMALL.widths(number)).macs() <= budget) {
        feasible.add(SMALL.widths(number));
      }
    }

    var sample = FeasibleWidths.sample(SMALL, budget, 1000, Seeds.generator(1));

    assertThat(feasible).hasSize(32);
    assertThat(sample).hasSameSizeAs(feasible).containsExactlyInAnyOrderElementsOf(feasible);
  }

  @Test
  void everyFeasibleNetworkIsDrawnEquallyOften() {
    long budget = 60_224; // of 64 networks, 8
    Map<List<Integer>, Integer> drawn = new HashMap<>();
    int draws = 8 * 40;

    for (int i = 0; i < draws; i++) {
      drawn.merge(
          FeasibleWidths.sample(SMALL, budget, 1, Seeds.generator(2, i)).get(0), 1, Integer::sum);
    }

    // Chi-square over 7 degrees of freedom exceeds 34 with a probability of 2e-5.
    double chiSquare = drawn.values().stream().mapToDouble(n -> (n - 40.0) * (n - 40.0) / 40).sum();
    assertThat(drawn).hasSize(8);
    assertThat(chiSquare).isLessThan(34);
  }

  @Test
  void largeSpacesAreSampledByRejection() {
    long budget = LARGE.cost(ReadyMade.Family.PLAIN.usualWidths()).macs();

    var sample = FeasibleWidths.sample(LARGE, budget, 30, Seeds.generator(3));

    assertThat(LARGE.size()).isGreaterThan(FeasibleWidths.ENUMERATED);
    assertThat(new HashSet<>(sample)).hasSize(30);
    assertThat(sample).allMatch(widths -> LARGE.cost(widths).macs() <= budget);
  }

  @Test
  void theUniformNetworkIsTheWidestWithinTheBudget() {
    long usual = SMALL.cost(ReadyMade.Family.PLAIN.usualWidths()).macs();

    assertThat(UniformWidths.within(SMALL, usual)).isEqualTo(ReadyMade.Family.PLAIN.usualWidths());
    assertThat(UniformWidths.within(SMALL, usual - 1)).containsExactly(15, 15, 31, 31, 63, 63);
    assertThatThrownBy(() -> UniformWidths.within(SMALL, 10))
        .hasMessageContaining("the budget of 10 MACs is below the smallest network");
  }

  @Test
  void stretchesFillAnItemAndCoverTheTrainingWithoutGap() {
    // 3 epochs of 4 steps of 16 images; each epoch ends with 10 images of evaluation.
    Course course = new Course(70, 10);
    TrainingSettings settings = TrainingSettings.defaults().withBatchSize(16).withEpochs(3);
    long macs = 100;

    assertThat(course.totalSteps(settings)).isEqualTo(12);
    assertThat(course.work(settings, macs, 0, 12)).isEqualTo(3 * (4 * 16 * 300 + 1000));
    assertThat(course.work(settings, macs, 0, 3)).isEqualTo(3 * 16 * 300);
    assertThat(course.work(settings, macs, 3, 4)).isEqualTo(16 * 300 + 1000);
    assertThat(course.stretchEnd(settings, macs, 0, 3 * 16 * 300 + 4800)).isEqualTo(3);
    assertThat(course.stretchEnd(settings, macs, 0, 4 * 16 * 300 + 1000)).isEqualTo(4);
    assertThat(course.stretchEnd(settings, macs, 4, 1)).isEqualTo(5);
    assertThat(course.stretchEnd(settings, macs, 4, Long.MAX_VALUE)).isEqualTo(12);
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> settings(null, List.of(1.0), 4, 1))
        .hasMessageContaining("budget is missing");
    assertThatThrownBy(() -> settings(0L, List.of(1.0), 4, 1))
        .hasMessageContaining("budget must be at least 1, got 0");
    assertThatThrownBy(() -> settings(1L, List.of(1.0, 0.5), 4, 1))
        .hasMessageContaining("shares must rise and be in (0, 16.0], got [1.0, 0.5]");
    assertThatThrownBy(() -> settings(1L, List.of(), 4, 1))
        .hasMessageContaining("at least one share");
    assertThatThrownBy(() -> settings(1L, List.of(1.0), 0, 1))
        .hasMessageContaining("multiple must be at least 1");
    assertThatThrownBy(() -> settings(1L, List.of(1.0), 4, 0))
        .hasMessageContaining("candidates must be at least 1");
  }

  private static RandomWidthSettings settings(
      Long budget, List<Double> shares, int multiple, int candidates) {
    return new RandomWidthSettings(
        null, budget, shares, multiple, candidates, null, null, null, null, null, null);
  }

  private static WidthSpace space(List<Double> shares) {
    return WidthSpace.of(ReadyMade.Family.PLAIN, SHAPE, 10, shares, 4);
  }
}
