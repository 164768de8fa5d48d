package org.espalier.search.width;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.espalier.network.ImageShape;
import org.espalier.network.ReadyMade;
import org.espalier.search.space.WidthChoices;
import org.espalier.search.space.WidthSpace;
import org.espalier.storage.Floats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandOverTest {
  private static final Sharing SHARING = Sharing.Transition.complete();
  private static final WidthSpace SPACE =
      WidthSpace.of(
          ReadyMade.Family.PLAIN3,
          new ImageShape(6, 6, 1),
          3,
          WidthChoices.ofWidths(java.util.List.of(1, 2, 4)));
  private static final MetaLayout LAYOUT = MetaLayout.of(SPACE, SHARING);
  private static final Floats BEFORE = Floats.of(LAYOUT.initial(5));
  private static final Floats AFTER = new HandOver(LAYOUT).of(BEFORE);

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.4, Math.PI / 4, 1.2, Math.PI / 2})
  void kernelsBetweenSharedLayersAreTheSameAtEveryAngle(double angle) {
    for (int in = 0; in < 3; in++) {
      for (int out = 0; out < 3; out++) {
        assertThat(kernel("layer2/conv/weight", AFTER, angle, in, out))
            .usingComparatorWithPrecision(1e-6)
            .containsExactly(kernel("layer2/conv/weight", BEFORE, 0, in, out));
      }
    }
  }

  @Test
  void kernelsThatReadTheImageAreScaledAlike() {
    double angle = Math.PI / 4;
    double factor = Math.cos(angle) + Math.sin(angle);

    double[] before = kernel("layer1/conv/weight", BEFORE, 0, 0, 2);
    double[] after = kernel("layer1/conv/weight", AFTER, angle, 0, 2);

    for (int i = 0; i < before.length; i++) {
      assertThat(after[i]).isCloseTo(factor * before[i], within(1e-6));
    }
  }

  @Test
  void whatAllShareStays() {
    double[] before = kernel("layer3/conv/weight", BEFORE, 0, 2, 2);

    assertThat(kernel("layer3/conv/weight", AFTER, 0, 2, 2)).containsExactly(before);
  }

  /** {@code P^T W Q} by plain loops. */
  private static double[] kernel(String name, Floats values, double angle, int in, int out) {
    Slab slab = LAYOUT.slab(name).orElseThrow();
    AffineMaps maps = AffineMaps.of(SPACE, SHARING, angle);
    AffineMap read = slab.rows().map(maps, in);
    AffineMap given = slab.columns().map(maps, out);
    float[] p = read.matrix();
    float[] q = given.matrix();
    double[] kernel = new double[slab.taps() * read.columns() * given.columns()];
    int at = 0;
    for (int tap = 0; tap < slab.taps(); tap++) {
      for (int x = 0; x < read.columns(); x++) {
        for (int y = 0; y < given.columns(); y++) {
          double sum = 0;
          for (int row = 0; row < read.rows(); row++) {
            for (int column = 0; column < given.rows(); column++) {
              int index = (tap * read.rows() + row) * given.rows() + column;
              sum +=
                  (double) p[row * read.columns() + x]
                      * values.get(slab.start() + index)
                      * q[column * given.columns() + y];
            }
          }
          kernel[at++] = sum;
        }
      }
    }
    return kernel;
  }
}
