package org.espalier.search.random;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.espalier.cost.Budget;
import org.espalier.data.ImageDatasetBuilder;
import org.espalier.data.LabelledData;
import org.espalier.data.SplitSettings;
import org.espalier.network.ImageShape;
import org.espalier.search.DataLoader;
import org.espalier.search.finals.Baseline;
import org.espalier.search.finals.FinalsSearch;
import org.espalier.search.finals.FinalsSettings;
import org.espalier.search.finals.ListedCandidates.Listing;
import org.espalier.search.finals.ListedCandidates.NoItem;
import org.espalier.search.finals.ListedCandidates.NoResult;
import org.espalier.search.finals.ListedCandidates.NoView;
import org.espalier.search.space.WidthChoices;
import org.espalier.tensor.Seeds;
import org.espalier.training.Optimiser;
import org.espalier.training.TrainingSettings;

/** A random width search of a second: stripes of 6x6 pixels, horizontal, vertical or none. */
public final class TinyWidthSearch {
  /** Between the narrowest network, of about 100,000 MACs, and the widest of the space. */
  public static final long BUDGET = 180_000;

  private static final ImageShape SHAPE = new ImageShape(6, 6, 1);
  private static final int IMAGES = 90;
  private static final LabelledData DATA = stripes(17);
  private static final LabelledData OTHER_DATA = stripes(18);

  private TinyWidthSearch() {}

  /** The search, with chains of several rounds. */
  public static FinalsSearch<Listing, NoView, NoItem, NoResult> search() {
    return search(BUDGET, 0.05);
  }

  /** The same within any budget and with any learning rate. */
  public static FinalsSearch<Listing, NoView, NoItem, NoResult> search(
      long budget, double learningRate) {
    return new RandomWidthSearch(settings(budget, learningRate), DATA.fingerprint()).whole();
  }

  /** The same, with a learning rate at which every training runs away. */
  static FinalsSearch<Listing, NoView, NoItem, NoResult> failing() {
    return search(BUDGET, 1e30);
  }

  /** Its settings. */
  public static RandomWidthSettings settings() {
    return settings(BUDGET, 0.05);
  }

  static RandomWidthSettings settings(long budget, double learningRate) {
    TrainingSettings training =
        TrainingSettings.defaults()
            .withBatchSize(16)
            .withOptimiser(new Optimiser.Sgd(learningRate, 0.9));
    return new RandomWidthSettings(
        null,
        Budget.ofMacs(budget),
        WidthChoices.ofShares(List.of(0.25, 0.5)),
        5,
        3,
        new FinalsSettings(
            List.of(Baseline.UNIFORM),
            40_000_000L,
            1,
            SplitSettings.of(null, 0.2, 0.2, 1L),
            training.withEpochs(1),
            training.withEpochs(3)));
  }

  /** Of its data. */
  public static String fingerprint() {
    return DATA.fingerprint();
  }

  /** Of other data, with as many images of the same classes. */
  public static String otherFingerprint() {
    return OTHER_DATA.fingerprint();
  }

  /** Its data, and the others. */
  public static DataLoader data() {
    return new DataLoader() {
      @Override
      public <D> D load(String fingerprint, Class<D> type) {
        return Stream.of(DATA, OTHER_DATA)
            .filter(data -> data.fingerprint().equals(fingerprint))
            .map(type::cast)
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("no data is called '" + fingerprint + "'"));
      }
    };
  }

  private static LabelledData stripes(long seed) {
    ImageDatasetBuilder builder = new ImageDatasetBuilder(SHAPE, 255, IMAGES);
    RandomGenerator random = Seeds.generator(seed);
    for (int i = 0; i < IMAGES; i++) {
      byte[] image = new byte[SHAPE.size()];
      int label = i % 3;
      int phase = random.nextInt(2);
      for (int p = 0; p < image.length; p++) {
        int stripe = label == 0 ? p / 6 % 2 : label == 1 ? p % 2 : random.nextInt(2);
        image[p] = (byte) (random.nextInt(40) + (stripe == phase ? 160 : 20));
      }
      builder.add(label, image);
    }
    return new LabelledData(builder.build(List.of("horizontal", "vertical", "none"), 0), 0);
  }
}
