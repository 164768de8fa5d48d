package org.espalier.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
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

  /** Java fixes the numbers of a generator, not how bounded ones come from them. */
  @Test
  void streamsAreTheSameOnEveryVirtualMachine() {
    RandomGenerator random = Seeds.generator(3, 4);

    assertThat(random.nextLong()).isEqualTo(-6692270321690507655L);
    assertThat(random.nextInt(1000)).isEqualTo(161);
    assertThat(random.nextInt(-5, 6)).isEqualTo(4);
    assertThat(random.nextDouble()).isEqualTo(0.10585015402373976);
    assertThat(random.nextBoolean()).isTrue();
  }
}
