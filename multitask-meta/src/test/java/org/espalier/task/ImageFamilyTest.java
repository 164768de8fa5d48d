package org.espalier.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.espalier.data.ImageDataset;
import org.espalier.data.ImageDatasetBuilder;
import org.espalier.data.Normalization;
import org.espalier.network.ImageShape;
import org.junit.jupiter.api.Test;

/** The images of a class are all alike: a ramp that begins with the class. */
class ImageFamilyTest {
  private static final int SIDE = 3;
  private static final int CLASSES = 8;
  private static final int EACH = 6;

  @Test
  void classesThatAreLearnedFromAreTurnedAllTheirImagesAlike() {
    ImageFamily family = family(SIDE, true);
    Set<Integer> turns = new TreeSet<>();
    for (int seed = 0; seed < 30; seed++) {
      Task task = family.draw(MetaPart.TRAIN, seed);
      for (int way = 0; way < 3; way++) {
        int turn = turn(task.support(), way);
        turns.add(turn);
        for (int image = 0; image < task.query().count(); image++) {
          if (task.query().labels()[image] == way) {
            assertThat(turn(task.query(), image)).isEqualTo(turn);
          }
        }
      }
    }
    assertThat(turns).containsExactly(0, 1, 2, 3);
  }

  @Test
  void tasksThatAreNotLearnedFromStandUpright() {
    ImageFamily family = family(SIDE, true);
    for (int seed = 0; seed < 30; seed++) {
      Task task = family.draw(MetaPart.TEST, seed);
      for (int image = 0; image < task.query().count(); image++) {
        assertThat(turn(task.query(), image)).isZero();
      }
    }
  }

  @Test
  void tasksThatAreLearnedFromHaveTheirOwnNumberOfQueries() {
    ImageFamily family = family(SIDE, false);

    assertThat(family.draw(MetaPart.TRAIN, 1).query().count()).isEqualTo(3 * 2);
    assertThat(family.draw(MetaPart.TEST, 1).query().count()).isEqualTo(3 * 4);
  }

  @Test
  void onlySquareImagesAreTurned() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> family(SIDE + 1, true))
        .withMessage("quarterTurns needs square images; those of 'ramps' are 3x4");
  }

  private static ImageFamily family(int width, boolean turned) {
    ClassSplit split = new ClassSplit(List.of(0, 1, 2, 3), List.of(), List.of(4, 5, 6, 7));
    return new ImageFamily(
        "ramps",
        new TaskSet(data(width), split),
        new EpisodeSettings(3, 1, 4, 2, turned),
        Normalization.constant(1, 0, 1),
        1);
  }

  private static ImageDataset data(int width) {
    int size = SIDE * width;
    ImageDatasetBuilder builder =
        new ImageDatasetBuilder(new ImageShape(SIDE, width, 1), 255, CLASSES * EACH);
    for (int i = 0; i < CLASSES * EACH; i++) {
      byte[] pixels = new byte[size];
      for (int place = 0; place < size; place++) {
        pixels[place] = (byte) (i % CLASSES + place);
      }
      builder.add(i % CLASSES, pixels);
    }
    return builder.build(IntStream.range(0, CLASSES).mapToObj(i -> "ramp " + i).toList(), 0);
  }

  /** By how many quarters anticlockwise an image is turned. */
  private static int turn(Examples examples, int image) {
    int size = SIDE * SIDE;
    int[] levels =
        IntStream.range(image * size, (image + 1) * size)
            .map(i -> Math.round(255 * examples.inputs()[i]))
            .toArray();
    int first = IntStream.of(levels).min().orElseThrow();
    int[] wanted = IntStream.range(first, first + size).toArray();
    for (int turn = 0; turn < 4; turn++) {
      if (Arrays.equals(levels, wanted)) {
        return turn;
      }
      wanted = turned(wanted);
    }
    throw new AssertionError("no quarter turn: " + Arrays.toString(levels));
  }

  /** The last column becomes the first row. */
  private static int[] turned(int... image) {
    return IntStream.range(0, image.length)
        .map(place -> image[place % SIDE * SIDE + SIDE - 1 - place / SIDE])
        .toArray();
  }
}
