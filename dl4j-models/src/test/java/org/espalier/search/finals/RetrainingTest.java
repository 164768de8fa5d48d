package org.espalier.search.finals;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.espalier.data.SplitSettings;
import org.espalier.search.Outcome;
import org.espalier.search.RoundResult;
import org.espalier.storage.Bytes;
import org.espalier.training.TrainingSettings;
import org.junit.jupiter.api.Test;

class RetrainingTest {
  // 3 epochs of 4 steps of 16 images; each epoch ends with 10 images of evaluation.
  private static final Course COURSE = new Course(70, 10);
  private static final TrainingSettings SETTINGS =
      TrainingSettings.defaults().withBatchSize(16).withEpochs(3);
  private static final Candidate CANDIDATE = Networks.candidate("[4, 8]", 100, 50);
  private static final Training.Role FOUND = new Training.Role("found", 2, true);
  private static final Training.Role OTHER = new Training.Role("other", 3, false);

  @Test
  void stretchesFillAnItemAndCoverTheTrainingWithoutGap() {
    long macs = 100;

    assertThat(COURSE.totalSteps(SETTINGS)).isEqualTo(12);
    assertThat(COURSE.work(SETTINGS, macs)).isEqualTo(3 * (4 * 16 * 300 + 1000));
    assertThat(COURSE.work(SETTINGS, macs, 0, 3)).isEqualTo(3 * 16 * 300);
    assertThat(COURSE.work(SETTINGS, macs, 3, 4)).isEqualTo(16 * 300 + 1000);
    assertThat(COURSE.stretchEnd(SETTINGS, macs, 0, 3 * 16 * 300 + 4800)).isEqualTo(3);
    assertThat(COURSE.stretchEnd(SETTINGS, macs, 0, 4 * 16 * 300 + 1000)).isEqualTo(4);
    assertThat(COURSE.stretchEnd(SETTINGS, macs, 4, 1)).isEqualTo(5);
    assertThat(COURSE.stretchEnd(SETTINGS, macs, 4, Long.MAX_VALUE)).isEqualTo(12);
  }

  @Test
  void aStretchGoesOnFromItsTraining() {
    Retraining retraining = new Retraining("data", SplitSettings.STANDARD, 3 * 16 * 300);
    Training begun = Retraining.begin(7, FOUND, 1, CANDIDATE, SETTINGS);
    Training later =
        begun.after(
            new Training.Standing(
                3, false, Bytes.of((byte) 1), List.of(), Training.Trained.NOTHING));

    Stretch first = retraining.stretch(COURSE, begun);
    Stretch second = retraining.stretch(COURSE, later);

    assertThat(first.end()).isEqualTo(3);
    assertThat(first.plannedCost()).isEqualTo(3 * 16 * 300);
    assertThat(first.label()).isEqualTo("found 1, steps 1-3");
    assertThat(second.label()).isEqualTo("found 1, steps 4-5");
    assertThat(second.seed()).isNotEqualTo(first.seed());
  }

  @Test
  void trainingsOfOneSearchHaveSeedsOfTheirOwn() {
    List<Long> seeds =
        List.of(
            Retraining.begin(7, FOUND, 0, CANDIDATE, SETTINGS).seed(),
            Retraining.begin(7, FOUND, 1, CANDIDATE, SETTINGS).seed(),
            Retraining.begin(7, OTHER, 0, CANDIDATE, SETTINGS).seed(),
            Retraining.begin(8, FOUND, 0, CANDIDATE, SETTINGS).seed());

    assertThat(seeds).doesNotHaveDuplicates();
    assertThat(Retraining.begin(7, FOUND, 0, CANDIDATE, SETTINGS).seed()).isEqualTo(seeds.get(0));
  }

  @Test
  void aRoundMovesOnThoseThatTookPart() {
    Training done = Retraining.begin(7, FOUND, 0, CANDIDATE, SETTINGS);
    Training broken = Retraining.begin(7, FOUND, 1, CANDIDATE, SETTINGS);
    Training waiting = Retraining.begin(7, OTHER, 0, CANDIDATE, SETTINGS);
    Training.Standing end =
        new Training.Standing(12, true, Bytes.EMPTY, List.of(0.5), Training.Trained.NOTHING);
    List<RoundResult.Performed<Stretch, Training.Standing>> items =
        List.of(
            new RoundResult.Performed<>(new Stretch(1, 1, done, 12), new Outcome.Value<>(end)),
            new RoundResult.Performed<>(
                new Stretch(1, 1, broken, 12), new Outcome.Failure<>("it diverged")));

    List<Training> after = Retraining.after(List.of(done, broken, waiting), items);

    assertThat(after).extracting(Training::finished).containsExactly(true, false, false);
    assertThat(after).extracting(Training::running).containsExactly(false, false, true);
    assertThat(after.get(0).step()).isEqualTo(12);
    assertThat(after.get(1).failure()).isEqualTo("it diverged");
    assertThat(after.get(2)).isEqualTo(waiting);
    assertThat(Retraining.workAhead(COURSE, after)).isEqualTo(COURSE.work(SETTINGS, 100));
  }
}
