package org.espalier.job;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.espalier.run.Checkpoint;
import org.espalier.text.InputException;
import org.junit.jupiter.api.Test;

class OriginTest {
  private static final Origin BEGUN = new Origin("data", "split", "AVX2");

  @Test
  void onAnotherPlatformARunGoesOnOnlyIfThePersonAllows() {
    Checkpoint checkpoint = checkpoint(BEGUN);

    assertThatNoException().isThrownBy(() -> BEGUN.check(checkpoint));
    assertThatNoException().isThrownBy(() -> new Origin("data", "split", "").check(checkpoint));
    assertThatThrownBy(() -> new Origin("data", "split", "AVX-512").check(checkpoint))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("'AVX2', here 'AVX-512'")
        .hasMessageContaining("say reproducible: false in the configuration");
    assertThatThrownBy(() -> BEGUN.check(checkpoint(new Origin("data", "split", ""))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("as reproducible: false allowed");
  }

  @Test
  void otherDataAreRefusedWhateverThePersonAllows() {
    assertThatThrownBy(() -> new Origin("other", "split", "").check(checkpoint(BEGUN)))
        .hasMessageContaining("the data have changed");
    assertThatThrownBy(() -> new Origin("data", "other", "AVX2").check(checkpoint(BEGUN)))
        .hasMessageContaining("the data have changed");
  }

  private static Checkpoint checkpoint(Origin origin) {
    return new Checkpoint(1, Map.of(Origin.FILE, origin.toJson()));
  }
}
