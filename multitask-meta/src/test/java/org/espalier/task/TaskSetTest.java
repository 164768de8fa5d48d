package org.espalier.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.espalier.data.ImageDataset;
import org.espalier.data.ImageDatasetBuilder;
import org.espalier.network.ImageShape;
import org.junit.jupiter.api.Test;

class TaskSetTest {
  private static final int CLASSES = 30;
  private static final int DRAWINGS = 8;
  private static final EpisodeSettings SETTINGS = new EpisodeSettings(4, 2, 3, null, null);

  private final TaskSet tasks = new TaskSet(data(), ClassSplit.deal(CLASSES, 0.2, 0.3, 1));

  @Test
  void anEpisodeHasExactlyItsShotsAndQueriesOfEachClass() {
    for (int number = 0; number < 50; number++) {
      Episode episode = tasks.episode(MetaPart.TRAIN, SETTINGS, 7, number);

      assertThat(episode.classes()).hasSize(4).doesNotHaveDuplicates();
      assertThat(episode.supportLabels()).containsExactly(0, 0, 1, 1, 2, 2, 3, 3);
      assertThat(episode.queryLabels()).containsExactly(0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3);
      assertLabelled(episode.classes(), episode.support(), episode.supportLabels());
      assertLabelled(episode.classes(), episode.query(), episode.queryLabels());
    }
  }

  @Test
  void supportAndQueryShareNoExample() {
    for (int number = 0; number < 50; number++) {
      Episode episode = tasks.episode(MetaPart.TEST, SETTINGS, 7, number);

      assertThat(IntStream.concat(IntStream.of(episode.support()), IntStream.of(episode.query())))
          .hasSize(4 * 5)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void anEpisodeIsAFunctionOfPartSeedAndNumber() {
    Episode first = tasks.episode(MetaPart.TRAIN, SETTINGS, 7, 3);
    tasks.episode(MetaPart.TRAIN, SETTINGS, 7, 4);
    Episode same = tasks.episode(MetaPart.TRAIN, SETTINGS, 7, 3);

    assertThat(same.support()).isEqualTo(first.support());
    assertThat(same.query()).isEqualTo(first.query());
    assertThat(tasks.episode(MetaPart.TRAIN, SETTINGS, 8, 3).support())
        .isNotEqualTo(first.support());
    assertThat(tasks.episode(MetaPart.TRAIN, SETTINGS, 7, 4).support())
        .isNotEqualTo(first.support());
  }

  @Test
  void eachPartDrawsAllOfItsClassesAndNoOther() {
    for (MetaPart part : MetaPart.values()) {
      TreeSet<Integer> drawn = new TreeSet<>();
      TreeSet<Integer> examples = new TreeSet<>();
      for (int number = 0; number < 300; number++) {
        Episode episode = tasks.episode(part, SETTINGS, 1, number);
        Arrays.stream(episode.classes()).forEach(drawn::add);
        Arrays.stream(episode.support()).forEach(examples::add);
      }

      assertThat(drawn).containsExactlyElementsOf(tasks.classes().of(part));
      assertThat(examples).hasSize(tasks.classes().of(part).size() * DRAWINGS);
    }
  }

  @Test
  void tooFewDrawingsAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> tasks.episode(MetaPart.TRAIN, new EpisodeSettings(2, 5, 4, null, null), 1, 0))
        .withMessageMatching(
            "class 'character \\d+' has 8 examples; shots=5 and learningQueries=4 need 9");
  }

  @Test
  void tooFewClassesAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                tasks.episode(MetaPart.VALIDATION, new EpisodeSettings(7, 1, 1, null, null), 1, 0))
        .withMessage("VALIDATION has 6 classes; ways=7 needs as many");
  }

  @Test
  void classesThatTheDataDoNotHaveAreRefused() {
    ClassSplit split = new ClassSplit(List.of(0, 1), List.of(), List.of(CLASSES));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TaskSet(data(), split))
        .withMessage("TEST names class 30 of 30");
  }

  @Test
  void sizesOutOfRangeAreRefusedAndMissingOnesTakeDefaults() {
    assertThat(new EpisodeSettings(null, null, null, null, null))
        .isEqualTo(new EpisodeSettings(5, 1, 15, 5, false));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EpisodeSettings(1, null, null, null, null))
        .withMessage("ways must be from 2 to 1000000, got 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EpisodeSettings(null, 0, null, null, null))
        .withMessage("shots must be from 1 to 1000000, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EpisodeSettings(null, null, 0, null, null))
        .withMessage("queries must be from 1 to 1000000, got 0");
  }

  private void assertLabelled(int[] classes, int[] examples, int[] labels) {
    for (int i = 0; i < examples.length; i++) {
      assertThat(tasks.data().label(examples[i])).isEqualTo(classes[labels[i]]);
    }
  }

  /** Classes in turn, so that the examples of a class are not neighbours. */
  private static ImageDataset data() {
    ImageDatasetBuilder builder =
        new ImageDatasetBuilder(new ImageShape(1, 1, 1), 255, CLASSES * DRAWINGS);
    for (int i = 0; i < CLASSES * DRAWINGS; i++) {
      builder.add(i % CLASSES, new byte[] {(byte) i});
    }
    return builder.build(IntStream.range(0, CLASSES).mapToObj(i -> "character " + i).toList(), 0);
  }
}
