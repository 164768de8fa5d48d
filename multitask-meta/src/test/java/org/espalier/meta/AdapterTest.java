package org.espalier.meta;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.random.RandomGenerator;
import org.espalier.autograd.Tape;
import org.espalier.cost.Budget;
import org.espalier.cost.InfeasibleBudgetException;
import org.espalier.cost.NetworkCost;
import org.espalier.data.Normalization;
import org.espalier.network.ImageShape;
import org.espalier.network.ShapeInference;
import org.espalier.search.cell.space.CellSpaceSettings;
import org.espalier.search.cell.space.Skeleton;
import org.espalier.storage.Floats;
import org.espalier.storage.RecordCodec;
import org.espalier.task.Examples;
import org.espalier.task.Task;
import org.espalier.tensor.Arena;
import org.espalier.tensor.Precision;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;

class AdapterTest {
  private static final ImageShape SMALL = new ImageShape(8, 8, 1);
  private static final ImageShape LARGE = new ImageShape(12, 12, 1);
  private static final Budget BUDGET = Budget.ofMacs(60_000);

  private final MetaModel model = model();

  @Test
  void aPickIsWithinTheBudgetForAnyNumberOfClasses() {
    for (int classes : List.of(2, 5, 13)) {
      for (long most : List.of(20_000L, 60_000L, 200_000L)) {
        Adapter adapter = new Adapter(model, SMALL, classes, Budget.ofMacs(most));

        Adapter.Pick pick = adapter.pick(task(classes), 1);

        assertThat(NetworkCost.of(pick.spec()).macs()).isBetween(1L, most);
        assertThat(ShapeInference.classes(pick.spec())).isEqualTo(classes);
        assertThat(pick.spec().input()).isEqualTo(SMALL);
      }
    }
  }

  @Test
  void adaptationLearnsTheSupportImagesAndIsTheSameEveryTime() {
    Adapter adapter = new Adapter(model, SMALL, 3, BUDGET);
    Task task = task(3);

    Adapter.Pick pick = adapter.pick(task, 1);
    Floats adapted = adapter.adapt(pick, task);

    assertThat(adapter.pick(task, 1)).isEqualTo(pick);
    assertThat(adapter.adapt(pick, task)).isEqualTo(adapted);
    assertThat(loss(task, pick, adapted)).isLessThan(0.85 * loss(task, pick, pick.start()));
    assertThat(adapter.work(pick, task))
        .isEqualTo(10 * 3 * 12 * NetworkCost.of(pick.spec()).macs());
  }

  private double loss(Task task, Adapter.Pick pick, Floats weights) {
    ImageBackbone backbone = backbone(SMALL, task.classes());
    try (Tape tape = new Tape(Arena.create(Precision.FLOAT32));
        TaskNetwork network = backbone.network(pick.picks(), tape)) {
      return network.support(task, weights.toArray(), new float[weights.size()]).loss();
    }
  }

  @Test
  void aBudgetThatNothingMeetsSaysWhatTheCheapestTakes() {
    assertThatThrownBy(() -> new Adapter(model, SMALL, 3, Budget.ofMacs(5)))
        .isInstanceOf(InfeasibleBudgetException.class)
        .hasMessageContaining("5 MACs")
        .hasMessageContaining("smallest network, which takes");
  }

  @Test
  void aTaskOfAnotherSizeIsRefused() {
    Adapter adapter = new Adapter(model, SMALL, 3, BUDGET);

    assertThatThrownBy(() -> adapter.pick(task(4), 1)).hasMessageContaining("3 classes");
  }

  @Test
  void theFamilyIsTheOneNamedOrTheFirstOfItsShape() {
    assertThat(model.family("", LARGE).name()).isEqualTo("large");
    assertThat(model.family("small", SMALL).name()).isEqualTo("small");
    assertThat(model.shape("large")).isEqualTo(LARGE);
    assertThatThrownBy(() -> model.family("", new ImageShape(8, 8, 3)))
        .hasMessageContaining("[8, 8, 3]")
        .hasMessageContaining("small [8, 8, 1], large [12, 12, 1]");
    assertThatThrownBy(() -> model.family("large", SMALL))
        .hasMessageContaining("[8, 8, 1]")
        .hasMessageContaining("'large' are [12, 12, 1]");
    assertThatThrownBy(() -> model.family("huge", SMALL)).hasMessageContaining("no family 'huge'");
    assertThatThrownBy(() -> model.shape("")).hasMessageContaining("one must be named");
  }

  @Test
  void aModelIsReadAsItWasWrittenAndWhatIsNoneRefused() {
    byte[] file = new RecordCodec<>(MetaModel.class).encode(model);
    MetaModel newer =
        new MetaModel(
            MetaModel.VERSION + 1,
            model.settings(),
            model.families(),
            model.shared(),
            model.rates(),
            model.guide());

    assertThat(MetaModel.read(file, "here")).isEqualTo(model);
    assertThatThrownBy(() -> MetaModel.read("nothing".getBytes(UTF_8), "here"))
        .hasMessageStartingWith("here holds no meta-model");
    assertThatThrownBy(
            () -> MetaModel.read(new RecordCodec<>(MetaModel.class).encode(newer), "here"))
        .hasMessageContaining("version " + newer.version())
        .hasMessageContaining("reads version " + MetaModel.VERSION);
  }

  /** As before any round. */
  private static MetaModel model() {
    MetaSettings settings = new MetaSettings(null, null, null, 1, 4, BUDGET, null, List.of());
    ImageBackbone backbone = backbone(SMALL, 5);
    GuideShape shape = MetaBench.guideShape(backbone, settings.learning().embedding(), false);
    return new MetaModel(
        MetaModel.VERSION,
        settings,
        List.of(facts("small", SMALL), facts("large", LARGE)),
        backbone.initial(Seeds.generator(1)),
        Floats.owning(new float[backbone.layout().blocks().size()]),
        shape.initial(Seeds.generator(2)));
  }

  private static DomainFacts facts(String name, ImageShape shape) {
    Normalization normalization = Normalization.constant(1, 0, 1);
    return new DomainFacts(
        name, 5, 75, 25, 5, List.of(new DomainFacts.Images("0", shape, normalization)));
  }

  private static ImageBackbone backbone(ImageShape images, int classes) {
    return new ImageBackbone(
        new CellSpaceSettings.ConvolutionBlocks(null), new Skeleton(1, 4, images, classes), BUDGET);
  }

  /** Four noisy images of each class, which a bright column tells apart. */
  private static Task task(int classes) {
    RandomGenerator random = Seeds.generator(3);
    int[] labels = new int[4 * classes];
    float[] inputs = new float[labels.length * SMALL.size()];
    for (int image = 0; image < labels.length; image++) {
      labels[image] = image / 4;
      for (int pixel = 0; pixel < SMALL.size(); pixel++) {
        boolean bright = pixel % 8 == labels[image] % 8;
        inputs[image * SMALL.size() + pixel] = random.nextFloat() + (bright ? 3 : 0);
      }
    }
    Examples support = Examples.classified(inputs, labels);
    return new Task(support, support, classes);
  }
}
