package org.espalier.search.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.espalier.search.cell.CellState.Reading;
import org.espalier.search.policy.Policy;
import org.espalier.search.policy.SamplerSettings;
import org.espalier.search.space.PricedChoices;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;

class RisingEigenvalueTest {
  /** A policy that can be told from the others by its choices. */
  private static Policy policy(int reading) {
    return SamplerSettings.defaults()
        .start(new PricedChoices(List.of(reading + 2), List.of()), 1, Seeds.generator(1));
  }

  /** The reading at which the search stops with the one it goes back to; empty if it does not. */
  private static List<Integer> stop(double... eigenvalues) {
    RisingEigenvalue seen = new RisingEigenvalue(List.of());
    for (int reading = 0; reading < eigenvalues.length; reading++) {
      seen = seen.and(new Reading(eigenvalues[reading], policy(reading)));
      Optional<Policy> back = seen.backTo(1.3);
      for (int earlier = 0; earlier <= reading; earlier++) {
        if (back.isPresent() && back.orElseThrow().equals(policy(earlier))) {
          return List.of(reading, earlier);
        }
      }
    }
    return List.of();
  }

  @Test
  void whatDoesNotRiseGoesOn() {
    assertThat(stop(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)).isEmpty();
    assertThat(stop(5, 4, 3, 2, 1, 1, 1, 1, 1, 1, 1)).isEmpty();
  }

  @Test
  void aMeanThatIsAThirdHigherThanFourReadingsAgoEndsIt() {
    // Means around each reading: 1 until 7, then 1.2 around 8 and 1.4 around 9.
    assertThat(stop(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2)).containsExactly(11, 5);
    assertThat(stop(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1, 1)).isEmpty();
  }

  /** The first windows are cut: 1, 1 and 1 against 1, 1, 2, 2 and 2. */
  @Test
  void sevenReadingsAreEnough() {
    assertThat(stop(1, 1, 1, 1, 2, 2, 2)).containsExactly(6, 0);
    assertThat(stop(1, 1, 1, 9, 9, 9)).isEmpty();
  }

  @Test
  void saddlesSayNothing() {
    assertThat(stop(-1, -1, -1, -1, -1, 5, 5, 5, 5)).isEmpty();
    assertThat(stop(-1, -1, -1, -1, -1, -2, -3, -4, -5, -6, -7)).isEmpty();
  }

  @Test
  void noMoreIsKeptThanIsLookedAt() {
    RisingEigenvalue seen = new RisingEigenvalue(List.of());
    for (int reading = 0; reading < 30; reading++) {
      seen = seen.and(new Reading(reading, policy(0)));
    }
    assertThat(seen.readings()).hasSize(9);
    assertThat(seen.readings().get(8).eigenvalue()).isEqualTo(29);
  }
}
