package org.espalier.search.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.espalier.augment.Augmentation;
import org.espalier.augment.ImageOperation;
import org.espalier.augment.LearnedPolicy;
import org.espalier.augment.Magnitudes;
import org.espalier.augment.Policy;
import org.espalier.augment.PolicyStep;
import org.espalier.data.ImageDatasetBuilder;
import org.espalier.data.LabelledData;
import org.espalier.data.SplitSettings;
import org.espalier.data.Splits;
import org.espalier.network.ImageShape;
import org.espalier.network.Layer;
import org.espalier.network.NetworkSpec;
import org.espalier.search.DataLoader;
import org.espalier.search.SearchContext;
import org.espalier.search.finals.FinalsItem;
import org.espalier.search.finals.FinalsResult;
import org.espalier.search.finals.FinalsSearch;
import org.espalier.search.finals.FinalsState;
import org.espalier.search.policy.SamplerSettings;
import org.espalier.search.random.TinyWidthSearch;
import org.espalier.search.rounds.DriverSettings;
import org.espalier.search.rounds.LocalRounds;
import org.espalier.search.rounds.Position;
import org.espalier.search.rounds.SearchContractTest;
import org.espalier.search.rounds.SearchDriver;
import org.espalier.search.rounds.SearchListener;
import org.espalier.settings.SettingException;
import org.espalier.tensor.NativeRuntime;
import org.espalier.training.Optimiser;
import org.espalier.training.Score;
import org.espalier.training.TrainedWeights;
import org.espalier.training.TrainingSettings;
import org.junit.jupiter.api.Test;

class DensitySearchTest
    extends SearchContractTest<
        FinalsState<DensityState>,
        Optional<DensityView>,
        FinalsItem<DensityItem>,
        FinalsResult<DensityResult>> {
  private static final DensitySettings DENSITY =
      new DensitySettings(
          10,
          4,
          null,
          2,
          TrainingSettings.defaults()
              .withEpochs(2)
              .withBatchSize(16)
              .withOptimiser(new Optimiser.Sgd(0.05, 0.9)));

  private static FinalsSearch<DensityState, DensityView, DensityItem, DensityResult> search(
      double learningRate, boolean pairs) {
    AugmentSettings settings = AugmentSearchTest.settings(learningRate, pairs, DENSITY);
    return new DensitySearch(settings, TinyWidthSearch.fingerprint()).whole();
  }

  @Override
  protected FinalsSearch<DensityState, DensityView, DensityItem, DensityResult> search() {
    return search(0.05, true);
  }

  @Override
  protected FinalsSearch<DensityState, DensityView, DensityItem, DensityResult> failingSearch() {
    return search(1e30, false);
  }

  @Override
  protected DataLoader data() {
    return TinyWidthSearch.data();
  }

  @Test
  void thePolicyOfTheHighestScoreIsFound() {
    var search = search();
    var driver =
        new SearchDriver<>(
            search,
            new LocalRounds(search, worker()),
            DriverSettings.DEFAULT,
            new SearchListener<FinalsState<DensityState>>() {});

    FinalsState<DensityState> end =
        driver.run(Position.start(search.start(new SearchContext(1, data())))).state();

    DensityState own = end.own();
    assertThat(own.judged()).hasSize(10).allMatch(DensityState.Judged::sound);
    assertThat(own.network().trained().values().size()).isZero();
    double most = own.judged().stream().mapToDouble(DensityState.Judged::score).max().orElseThrow();
    LearnedPolicy best =
        own.judged().stream()
            .filter(each -> each.score() == most)
            .findFirst()
            .map(
                each ->
                    AugmentSearchTest.settings(0.05, true, DENSITY)
                        .choices(
                            own.images(), DensitySettings.PROBABILITIES, DensitySettings.LEVELS)
                        .policy(each.picks()))
            .orElseThrow();
    assertThat(end.finals().get(0).settings().augmentation().policy()).isEqualTo(Policy.of(best));
    assertThat(search.result(end).artefacts()).hasSize(1);
  }

  /**
   * Images of one pixel, black or white, and a network whose only weights are chosen: the logit of
   * the second class is the pixel as it comes in, that of the first is 0. Inverted, each image is
   * taken for the other.
   */
  @Test
  void theScoreOfAPolicyIsTheLossOnTheImagesItMakes() {
    NativeRuntime.start();
    ImageDatasetBuilder builder = new ImageDatasetBuilder(new ImageShape(1, 1, 1), 255, 40);
    for (int i = 0; i < 40; i++) {
      builder.add(i % 2, new byte[] {(byte) (i % 2 == 0 ? 0 : 255)});
    }
    LabelledData data = new LabelledData(builder.build(List.of("black", "white"), 0), 0);
    NetworkSpec network =
        new NetworkSpec(
            "pixel",
            new ImageShape(1, 1, 1),
            List.of(
                new NetworkSpec.Node(
                    "pool", new Layer.GlobalAveragePooling(), List.of(NetworkSpec.INPUT)),
                new NetworkSpec.Node("linear", new Layer.Linear(2, false), List.of("pool"))));
    TrainedWeights weights = new TrainedWeights(new float[] {0, 1}, new float[0]);
    PolicyJudge judge =
        new PolicyJudge(data, Splits.split(data, new SplitSettings(null, 0.5, 0.0, null, 1L)));

    Score plain = judge.judge(network, weights, inverting(0), 3, 1);
    Score inverted = judge.judge(network, weights, inverting(1), 3, 1);
    Score sometimes = judge.judge(network, weights, inverting(0.5), 50, 1);

    // Half of the images are white, so the pixels come in as -1 and 1.
    double right = StrictMath.log(1 + StrictMath.exp(-1));
    assertThat(plain.loss()).isCloseTo(right, within(1e-6));
    assertThat(plain.accuracy()).isEqualTo(1);
    assertThat(inverted.loss()).isCloseTo(right + 1, within(1e-6));
    assertThat(inverted.accuracy()).isZero();
    // 1,000 coins: the share of heads deviates by 0.016.
    assertThat(sometimes.accuracy()).isCloseTo(0.5, within(0.06));
    assertThat(sometimes.loss()).isCloseTo(right + 1 - sometimes.accuracy(), within(1e-6));
  }

  private static Augmentation inverting(double probability) {
    PolicyStep step = new PolicyStep(ImageOperation.INVERT, probability, 0.0);
    return Augmentation.NONE.withPolicy(
        Policy.of(new LearnedPolicy(Magnitudes.AUTO_AUGMENT, List.of(List.of(step)))));
  }

  @Test
  void proposersThatNeedGatesAreRefused() {
    assertThatThrownBy(() -> new DensitySettings(10, null, SamplerSettings.defaults(), null, null))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("must learn from scores");
  }

  @Test
  void aJudgeThatLearnsWithAPolicyIsRefused() {
    TrainingSettings augmented =
        TrainingSettings.defaults()
            .withAugmentation(Augmentation.NONE.withPolicy(new Policy.TrivialAugment()));

    assertThatThrownBy(() -> new DensitySettings(10, null, null, null, augmented))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("training.augmentation.policy");
  }
}
