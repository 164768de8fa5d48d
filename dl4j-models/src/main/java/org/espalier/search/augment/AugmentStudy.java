package org.espalier.search.augment;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.espalier.augment.Canvas;
import org.espalier.augment.ImageOperation;
import org.espalier.augment.Step;
import org.espalier.data.ImageDatasetBuilder;
import org.espalier.data.LabelledData;
import org.espalier.data.SplitSettings;
import org.espalier.data.Splits;
import org.espalier.network.ReadyMade;
import org.espalier.search.DataLoader;
import org.espalier.search.SearchContext;
import org.espalier.search.finals.FinalsItem;
import org.espalier.search.finals.FinalsResult;
import org.espalier.search.finals.FinalsSearch;
import org.espalier.search.finals.FinalsSettings;
import org.espalier.search.finals.FinalsState;
import org.espalier.search.policy.PolicySettings;
import org.espalier.search.rounds.DriverSettings;
import org.espalier.search.rounds.LocalRounds;
import org.espalier.search.rounds.PlainWorker;
import org.espalier.search.rounds.Position;
import org.espalier.search.rounds.SearchDriver;
import org.espalier.search.rounds.SearchListener;
import org.espalier.search.rounds.WarmCache;
import org.espalier.tensor.Seeds;
import org.espalier.training.TrainingSettings;

/**
 * A search whose answer is known: images to learn from stand upright, those to judge by are turned
 * by up to 25 degrees, so that a policy has to find rotation, and inverting does harm.
 */
public final class AugmentStudy {
  /** The most degrees by which images are turned. */
  public static final double DEGREES = 25;

  /** How long and how the network is trained in the whole study. */
  public static final LearningSettings LEARNING =
      new LearningSettings(120, 10, 2, 4, 64, 64, 128, 0.1, 0.5, null);

  /** Far enough from what is right that it has to be raised. */
  private static final double FIRST_LEVEL = 0.25;

  private static final long ORDER = 1;
  private static final long ANGLES = 2;

  private AugmentStudy() {}

  /**
   * Some images of a data set, of which those to judge by are turned.
   *
   * @param from taken from, its official parts too
   * @param upright how many stay as they are and are learned from
   * @param turned how many are turned by angles drawn uniformly; half of them to validate and half
   *     to test
   * @param seed of which ones, and of the angles
   */
  public static LabelledData turned(LabelledData from, int upright, int turned, long seed) {
    int size = from.images().size();
    if (upright + turned > size) {
      throw new IllegalArgumentException(
          "%s images are to be taken of %s".formatted(upright + turned, size));
    }
    int[] order = IntStream.range(0, size).toArray();
    Splits.shuffle(order, Seeds.generator(seed, ORDER));
    RandomGenerator angles = Seeds.generator(seed, ANGLES);
    Canvas canvas = new Canvas(from.images().shape(), from.images().maxValue(), 0);
    byte[] image = new byte[from.images().shape().size()];
    ImageDatasetBuilder builder =
        new ImageDatasetBuilder(from.images().shape(), 255, upright + turned);
    for (int i = 0; i < upright + turned; i++) {
      from.images().read(order[i], image);
      canvas.load(image);
      if (i >= upright) {
        double angle = DEGREES * (2 * angles.nextDouble() - 1);
        canvas.apply(List.of(Step.of(ImageOperation.ROTATE, angle)));
      }
      builder.add(from.images().label(order[i]), canvas.pixels().clone());
    }
    return new LabelledData(
        builder.build(from.images().classes(), 0), turned - turned / 2, turned / 2);
  }

  /**
   * The search: each operation by itself, a narrow network.
   *
   * @param policy what learns
   * @param slope how levels learn
   * @param learning how long, and how
   */
  public static AugmentSettings settings(
      PolicySettings policy, LevelSlope slope, LearningSettings learning) {
    return new AugmentSettings(
        ReadyMade.Family.SEPARABLE,
        List.of(8, 8, 16, 16, 32, 32, 32),
        null,
        null,
        false,
        5,
        policy,
        FIRST_LEVEL,
        null,
        slope,
        null,
        learning,
        null,
        List.of(),
        new FinalsSettings(
            List.of(),
            null,
            0,
            SplitSettings.STANDARD,
            TrainingSettings.defaults(),
            TrainingSettings.defaults()));
  }

  /**
   * What a search came to for an operation.
   *
   * @param operation which
   * @param in probability that it is in
   * @param applied probability that it is applied if it is in
   * @param level its strength
   */
  public record Found(ImageOperation operation, double in, double applied, double level) {}

  /**
   * A whole search in this process.
   *
   * @param data to learn from
   * @param seed of the search
   * @return what it came to, one an operation
   */
  public static List<Found> run(LabelledData data, AugmentSettings settings, long seed) {
    DataLoader loader =
        new DataLoader() {
          @Override
          public <D> D load(String fingerprint, Class<D> type) {
            return type.cast(data);
          }
        };
    FinalsSearch<AugmentState, AugmentView, AugmentItem, AugmentResult> search =
        new AugmentSearch(settings, data.fingerprint()).whole();
    PlainWorker worker = new PlainWorker(loader, new WarmCache(1), "here");
    try (LocalRounds local = new LocalRounds(search, worker)) {
      SearchDriver<
              FinalsState<AugmentState>,
              Optional<AugmentView>,
              FinalsItem<AugmentItem>,
              FinalsResult<AugmentResult>>
          driver =
              new SearchDriver<>(
                  search, local, new DriverSettings(1, true), new SearchListener<>() {});
      AugmentState end =
          driver.run(Position.start(search.start(new SearchContext(seed, loader)))).state().own();
      return found(settings.form(data.images().shape()), end);
    }
  }

  /** What a finished search came to, one an operation. */
  static List<Found> found(PolicyForm form, AugmentState state) {
    List<Double> in = state.draft().in(form);
    List<Double> applied = state.draft().applied(form);
    List<Double> levels = state.draft().levels().values();
    return IntStream.range(0, form.operations())
        .mapToObj(
            each ->
                new Found(form.operation(each), in.get(each), applied.get(each), levels.get(each)))
        .toList();
  }
}
