package org.espalier.search.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.espalier.search.space.PricedChoices;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;

class PathCodeTest {
  @Test
  void eachSetOfOptionsHasOneCodeThatNamesIt() {
    for (int size = 1; size <= 5; size++) {
      Set<Integer> codes = new HashSet<>();
      for (int mask = 1; mask < 1 << size; mask++) {
        int bits = mask;
        List<Integer> set =
            IntStream.range(0, size).filter(k -> (bits >> k & 1) == 1).boxed().toList();

        int code = PathCode.of(List.of(size), List.of(set)).get(0);

        assertThat(PathCode.options(code, size)).isEqualTo(set);
        assertThat(code).isEqualTo(set.size() == 1 ? set.get(0) : size + mask);
        codes.add(code);
      }
      assertThat(codes).hasSize((1 << size) - 1);
    }
  }

  @Test
  void theLargestSetOfTheMostOptionsHasACode() {
    int code = PathCode.all(List.of(30)).get(0);

    assertThat(PathCode.options(code, 30)).hasSize(30);
    assertThatThrownBy(() -> PathCode.all(List.of(31)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("more than 30 options");
  }

  @Test
  void oneOptionOfManyNeedsNoMask() {
    assertThat(PathCode.options(70, 100)).containsExactly(70);
  }

  @Test
  void gatesAreOneForWhatIsComputed() {
    List<Integer> sizes = List.of(3, 2, 4);
    List<Integer> path = PathCode.of(sizes, List.of(List.of(2, 0), List.of(1), List.of(3, 1, 2)));

    assertThat(path).containsExactly(3 + 5, 1, 4 + 14);
    assertThat(PathCode.gates(sizes, path))
        .isDeepEqualTo(new double[][] {{1, 0, 1}, {0, 1}, {0, 1, 1, 1}});
    assertThat(PathCode.gates(sizes, PathCode.all(sizes)))
        .isDeepEqualTo(new double[][] {{1, 1, 1}, {1, 1}, {1, 1, 1, 1}});
  }

  @Test
  void aCandidateIsThePathOfItsOptions() {
    List<Integer> sizes = List.of(3, 2);

    assertThat(PathCode.of(sizes, List.of(List.of(2), List.of(0)))).containsExactly(2, 0);
  }

  @Test
  void numbersThatAreNoCodeAreRefused() {
    for (int code : new int[] {-1, 3, 4, 5, 3 + 4, 3 + 8, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      assertThatThrownBy(() -> PathCode.options(code, 3))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(code + " is no code");
    }
    assertThatThrownBy(() -> PathCode.options(31 + 3, 31)).hasMessageContaining("is no code");
    assertThatThrownBy(() -> PathCode.of(List.of(3), List.of(List.of())))
        .hasMessageContaining("at least one option");
    assertThatThrownBy(() -> PathCode.of(List.of(3), List.of(List.of(3))))
        .hasMessageContaining("no option 3");
    assertThatThrownBy(() -> PathCode.of(List.of(3, 2), List.of(List.of(1))))
        .hasMessageContaining("as many sets");
  }

  @Test
  void pathsOfPoliciesThatDrawOneOptionAreTheirSamples() {
    PricedChoices choices = new PricedChoices(List.of(3, 2, 4), List.of());
    List<PolicySettings> all = new ArrayList<>();
    all.add(SamplerSettings.defaults());
    all.add(LstmSettings.defaults());

    for (PolicySettings settings : all) {
      Policy policy = settings.start(choices, 10, Seeds.generator(1));

      assertThat(policy.paths(choices, 7, Seeds.generator(2)))
          .isEqualTo(policy.sample(choices, 7, Seeds.generator(2)));
      assertThat(policy.mixture()).isEmpty();
    }
  }
}
