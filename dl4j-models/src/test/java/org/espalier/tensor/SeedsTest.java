package org.espalier.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeedsTest {

  @Test
  void theOrderOfKeysMatters() {
    assertThat(Seeds.mix(1, 2, 3)).isNotEqualTo(Seeds.mix(1, 3, 2));
    assertThat(Seeds.mix(1, 2)).isNotEqualTo(Seeds.mix(1, 2, 0));
  }

  @Test
  void neighbouringKeysGiveDifferentSeeds() {
    Set<Long> seeds = new HashSet<>();
    for (long seed = 0; seed < 20; seed++) {
      for (long key = -50; key < 50; key++) {
        seeds.add(Seeds.mix(seed, key));
      }
    }

    assertThat(seeds).hasSize(2000);
  }

  @Test
  void neighbouringKeysFlipHalfOfTheBits() {
    int flipped = 0;
    for (long key = 0; key < 1000; key++) {
      flipped += Long.bitCount(Seeds.mix(7, key) ^ Seeds.mix(7, key + 1));
    }

    // 64000 fair bits: a standard deviation of 127, so ten of them never happen by chance.
    assertThat(flipped).isBetween(32000 - 1270, 32000 + 1270);
  }

  @Test
  void equalKeysGiveEqualStreams() {
    assertThat(Seeds.generator(3, 4).nextLong()).isEqualTo(Seeds.generator(3, 4).nextLong());
  }
}
