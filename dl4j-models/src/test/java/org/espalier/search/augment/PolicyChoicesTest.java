package org.espalier.search.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.espalier.augment.ImageOperation;
import org.espalier.augment.Magnitudes;
import org.junit.jupiter.api.Test;

class PolicyChoicesTest {
  @Test
  void theOrderOfSubPoliciesIsNoDifference() {
    PolicyChoices pairs =
        new PolicyChoices(
            Magnitudes.AUTO_AUGMENT,
            List.of(
                List.of(ImageOperation.ROTATE, ImageOperation.INVERT),
                List.of(ImageOperation.ROTATE, ImageOperation.CUTOUT)),
            List.of(0.5, 1.0),
            List.of(0.2),
            2);

    assertThat(pairs.sizes()).containsExactly(2, 2, 1, 2, 1, 2, 2, 1, 2, 1);
    assertThat(pairs.policy(List.of(1, 0, 0, 1, 0, 0, 1, 0, 0, 0)).describe())
        .isEqualTo(
            "rotate 0.50 at 0.20 then cutout 1.00 at 0.20, rotate 1.00 at 0.20 then invert 0.50 at 0.20");
    assertThat(pairs.free().canonical().apply(List.of(1, 0, 0, 1, 0, 0, 1, 0, 0, 0)))
        .containsExactly(0, 1, 0, 0, 0, 1, 0, 0, 1, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pairs.policy(List.of(0, 0, 0)))
        .withMessageContaining("need 10 picks, got 3");
  }
}
