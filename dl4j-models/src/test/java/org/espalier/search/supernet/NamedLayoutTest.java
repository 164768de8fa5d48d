package org.espalier.search.supernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.espalier.data.Batch;
import org.espalier.network.ImageShape;
import org.espalier.network.Layer;
import org.espalier.network.NetworkBuilder;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ParameterSet;
import org.espalier.storage.Floats;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;

class NamedLayoutTest {
  private static final ImageShape IMAGE = new ImageShape(4, 4, 2);
  private static final NamedLayout LAYOUT = NamedLayout.of(network(true, true));

  /** Two branches of one layer each, of which a path has one or both. */
  private static NetworkSpec network(boolean wide, boolean narrow) {
    NetworkBuilder network = new NetworkBuilder("two", IMAGE);
    String last = NetworkSpec.INPUT;
    if (wide) {
      network
          .with("edge/wide/conv", new Layer.Convolution(2, 3, 1, 1, false), last)
          .with("edge/wide/norm", Layer.BatchNormalization.STANDARD, "edge/wide/conv")
          .with("edge/wide/gate", Layer.Scale.LEARNED, "edge/wide/norm");
    }
    if (narrow) {
      network.with("edge/narrow/conv", new Layer.Convolution(2, 1, 1, 1, true), last);
    }
    if (wide && narrow) {
      network.with("sum", new Layer.Add(), "edge/wide/gate", "edge/narrow/conv");
    }
    last = wide && narrow ? "sum" : wide ? "edge/wide/gate" : "edge/narrow/conv";
    return network
        .with("pool", new Layer.GlobalAveragePooling(), last)
        .with("classifier", new Layer.Linear(3, true), "pool")
        .build();
  }

  private static Map<String, SharedParameter> gate() {
    return Map.of(
        "edge/wide/gate/factor",
        new SharedParameter(
            org.espalier.tensor.Shape.of(1),
            false,
            new SharedParameter.Source() {
              @Override
              public void project(
                  SharedVector shared, org.espalier.autograd.Tape tape, float[] target) {
                target[0] = 1;
              }

              @Override
              public void descend(
                  SharedVector shared,
                  org.espalier.autograd.Tape tape,
                  float[] gradient,
                  SharedVector.Step step) {
                // A policy moves gates.
              }
            }));
  }

  @Test
  void blocksAreOptionsAndGatesAreNotShared() {
    assertThat(LAYOUT.blocks())
        .containsExactly(
            new SharedLayout.Range("edge/wide", 0, 40),
            new SharedLayout.Range("edge/narrow", 40, 6),
            new SharedLayout.Range("classifier", 46, 9));
    assertThat(LAYOUT.size()).isEqualTo(55);
  }

  @Test
  void firstValuesAreThoseOfTheWholeNetworkAlone() {
    Floats values = LAYOUT.initial(Seeds.generator(3));
    NetworkSpec without =
        new NetworkBuilder("one", IMAGE)
            .with("edge/wide/conv", new Layer.Convolution(2, 3, 1, 1, false), NetworkSpec.INPUT)
            .with("pool", new Layer.GlobalAveragePooling(), "edge/wide/conv")
            .build();

    try (ParameterSet first = ParameterSet.allocate(without).initialise(Seeds.generator(3))) {
      assertThat(values.toArray()).startsWith(first.values());
    }
  }

  /** What a path does not compute is neither changed nor sent. */
  @Test
  void aStepChangesWhatItsPathComputesAndNothingElse() {
    try (PathStatistics statistics = new PathStatistics(LAYOUT.norms());
        Supernet net =
            new Supernet(
                LAYOUT,
                IMAGE,
                statistics,
                (picks, gated) ->
                    picks.get(0) == 0
                        ? LAYOUT.path(network(true, false), statistics, gate())
                        : LAYOUT.path(network(false, true), statistics, Map.of()))) {
      float[] images = new float[2 * 4 * 4 * 2];
      for (int i = 0; i < images.length; i++) {
        images[i] = (i * 7 % 11) / 11f;
      }
      Batch batch = Batch.of(IMAGE, images, 0, 2);
      net.load(LAYOUT.initial(Seeds.generator(1)));

      net.trainStep(List.of(1), batch, 0.1, new LocalSgd(0, 0.1, 0), Seeds.generator(0));

      assertThat(net.difference().keySet()).containsExactly("edge/narrow", "classifier");
      net.trainStep(List.of(0), batch, 0.1, new LocalSgd(0, 0.1, 0), Seeds.generator(0));
      assertThat(net.difference().keySet())
          .containsExactly("edge/wide", "edge/narrow", "classifier");
      assertThat(net.difference().get("edge/wide")).doesNotContain(0f, Float.NaN);
    }
  }

  @Test
  void whatAnotherLayoutHasInTheSameShapeIsCarriedOver() {
    NamedLayout narrow = NamedLayout.of(network(false, true));
    Floats fresh = narrow.initial(Seeds.generator(1));
    Floats values = LAYOUT.initial(Seeds.generator(2));

    float[] carried = narrow.carried(fresh, LAYOUT, values).toArray();

    assertThat(carried).containsExactly(java.util.Arrays.copyOfRange(values.toArray(), 40, 55));
  }

  @Test
  void layersThatAreNotSharedAreRefused() {
    NamedLayout narrow = NamedLayout.of(network(false, true));
    try (PathStatistics statistics = new PathStatistics(narrow.norms())) {
      assertThatThrownBy(() -> narrow.path(network(true, false), statistics, gate()))
          .hasMessageContaining("'edge/wide/conv/weight' [3, 3, 2, 2] is not among the shared");
    }
  }
}
