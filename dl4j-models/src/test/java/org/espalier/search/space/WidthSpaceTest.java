package org.espalier.search.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.espalier.network.ImageShape;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ReadyMade;
import org.espalier.search.space.WidthChoices.Unit;
import org.junit.jupiter.api.Test;

class WidthSpaceTest {
  private static final ImageShape SHAPE = new ImageShape(8, 8, 1);

  @Test
  void choicesAreNamedByTheLayersTheySet() {
    assertThat(names(ReadyMade.Family.RESNET8, Unit.LAYER))
        .containsExactly(
            "stem", "block1/1", "block1/2", "block2/1", "block2/2", "block3/1", "block3/2");
    assertThat(names(ReadyMade.Family.PLAIN, Unit.LAYER)).startsWith("layer1", "layer2").hasSize(6);
    assertThat(names(ReadyMade.Family.SEPARABLE, Unit.LAYER))
        .startsWith("stem", "block1/pointwise");
    assertThat(names(ReadyMade.Family.MOBILE_NET_V2, Unit.LAYER))
        .startsWith("stem", "block1/project", "block2/expand", "block2/project")
        .endsWith("block17/project", "last")
        .hasSize(35);
  }

  @Test
  void widthsAreRoundedSharesOfTheUsualOnes() {
    WidthSpace space = space(WidthChoices.ofShares(List.of(0.1, 0.4, 1.0)));

    // Usual widths are 16, 16, 32, 32, 64, 64; nothing falls below one multiple.
    assertThat(space.candidates(0)).containsExactly(4, 8, 16);
    assertThat(space.candidates(2)).containsExactly(4, 12, 32);
    assertThat(space.candidates(4)).containsExactly(8, 24, 64);
  }

  @Test
  void widthsOfTheFirstStageAreScaledWithTheUsualOnes() {
    WidthSpace space = space(WidthChoices.ofWidths(List.of(3, 8)));

    assertThat(space.candidates(0)).containsExactly(3, 8);
    assertThat(space.candidates(3)).containsExactly(6, 16);
    assertThat(space.candidates(5)).containsExactly(12, 32);
  }

  @Test
  void aBlockTakesOneChoiceAndItsLayersKeepTheirRatio() {
    var resnet = new WidthChoices(null, null, List.of(4, 8), Unit.BLOCK, null);
    WidthSpace mobile =
        WidthSpace.of(
            ReadyMade.Family.MOBILE_NET_V2,
            new ImageShape(32, 32, 3),
            10,
            new WidthChoices(
                null, null, List.of(2, 16), Unit.BLOCK, Map.of("block2", List.of(5, 24))));

    List<Choice> blocks = resnet.of(ReadyMade.Family.RESNET8);
    List<Integer> widest = mobile.widths(mobile.picks(mobile.size() - 1));

    assertThat(blocks)
        .containsExactly(
            new Choice("stem", List.of(0), List.of(4, 8)),
            new Choice("block1", List.of(1, 2), List.of(4, 8)),
            new Choice("block2", List.of(3, 4), List.of(8, 16)),
            new Choice("block3", List.of(5, 6), List.of(16, 32)));
    assertThat(mobile.choices()).hasSize(19);
    // Usually 96 and 24 channels: the narrower takes what is chosen, the wider four times as many.
    assertThat(mobile.candidates(2)).containsExactly(20, 96);
    assertThat(mobile.candidates(3)).containsExactly(5, 24);
    assertThat(widest).isEqualTo(ReadyMade.Family.MOBILE_NET_V2.usualWidths());
    assertThat(mobile.choiceAt(2)).isEqualTo(mobile.choiceAt(3)).isEqualTo(2);
  }

  @Test
  void layersWhoseOutputsAreSummedTakeOneChoice() {
    var residual = new WidthChoices(null, null, List.of(4, 8), Unit.RESIDUAL, null);
    WidthSpace space = WidthSpace.of(ReadyMade.Family.RESNET20, SHAPE, 10, residual);

    List<Choice> choices = space.choices();

    assertThat(choices.stream().map(Choice::name))
        .containsExactly(
            "stem",
            "block1/1",
            "block2/1",
            "block3/1",
            "block4/1",
            "block4/2",
            "block5/1",
            "block6/1",
            "block7/1",
            "block7/2",
            "block8/1",
            "block9/1");
    assertThat(choices.get(0)).isEqualTo(new Choice("stem", List.of(0, 2, 4, 6), List.of(4, 8)));
    assertThat(choices.get(5).positions()).containsExactly(8, 10, 12);
    assertThat(choices.get(9).widths()).containsExactly(16, 32);
    for (long number = 0; number < space.size(); number++) {
      NetworkSpec network = space.network(space.picks(number));
      assertThat(network.nodes().stream().map(NetworkSpec.Node::name))
          .filteredOn(name -> name.endsWith("/side/conv"))
          .containsExactly("block4/side/conv", "block7/side/conv");
    }
  }

  @Test
  void invertedResidualsOfAStageTakeOneChoice() {
    List<Choice> choices =
        new WidthChoices(null, null, null, Unit.RESIDUAL, null).of(ReadyMade.Family.MOBILE_NET_V2);

    assertThat(choices).hasSize(35 - 10);
    assertThat(choices.stream().filter(choice -> choice.name().equals("block4/project")))
        .singleElement()
        .satisfies(choice -> assertThat(choice.positions()).hasSize(3));
  }

  @Test
  void aUnitOfNeitherKindIsRefusedWithThoseThereAre() {
    var choices = new WidthChoices(null, null, null, Unit.RESIDUAL, Map.of("block1/2", List.of(4)));

    assertThatThrownBy(() -> choices.of(ReadyMade.Family.RESNET8))
        .hasMessageStartingWith(
            "layers.block1/2 is no layer or first of summed layers of the family");
  }

  @Test
  void layersMayHaveWidthsOfTheirOwn() {
    var choices =
        new WidthChoices(List.of(0.5, 1.0), null, null, null, Map.of("layer3", List.of(7)));

    WidthSpace space = space(choices);

    assertThat(space.candidates(2)).containsExactly(7);
    assertThat(space.candidates(3)).containsExactly(16, 32);
    assertThat(space.size()).isEqualTo(32);
  }

  @Test
  void anUnknownLayerIsNamedWithTheClosestAndAll() {
    var choices = new WidthChoices(null, null, null, null, Map.of("blok1/1", List.of(4)));

    assertThatThrownBy(() -> choices.of(ReadyMade.Family.RESNET8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "layers.blok1/1 is no layer of the family; did you mean 'block1/1'? There are stem,"
                + " block1/1, block1/2, block2/1, block2/2, block3/1, block3/2");
  }

  @Test
  void widthsThatDoNotRiseAreRefused() {
    assertThatThrownBy(() -> WidthChoices.ofWidths(List.of(8, 8)))
        .hasMessage("widths must rise strictly and be from 1 to 65536, got [8, 8]");
    assertThatThrownBy(
            () -> new WidthChoices(null, null, null, null, Map.of("stem", List.of(8, 4))))
        .hasMessage("layers.stem must rise strictly and be from 1 to 65536, got [8, 4]");
    assertThatThrownBy(() -> new WidthChoices(null, null, null, null, Map.of("stem", List.of())))
        .hasMessage("layers.stem must name at least one width");
    assertThatThrownBy(() -> new WidthChoices(List.of(1.0), null, List.of(4), null, null))
        .hasMessage("widths and shares exclude each other: give one of them");
    assertThatThrownBy(() -> WidthChoices.ofShares(List.of(1.0, 0.5)))
        .hasMessage("shares must be rising, got [1.0, 0.5]");
    assertThatThrownBy(() -> new WidthChoices(null, 0, null, null, null))
        .hasMessage("multiple must be from 1 to 65536, got 0");
  }

  @Test
  void everyPickOfASpaceIsNumberedOnce() {
    WidthSpace space = space(WidthChoices.ofShares(List.of(0.25, 0.5)));
    HashSet<List<Integer>> all = new HashSet<>();
    for (long number = 0; number < space.size(); number++) {
      all.add(space.widths(space.picks(number)));
    }

    assertThat(space.size()).isEqualTo(64);
    assertThat(all)
        .hasSize(64)
        .contains(List.of(4, 4, 8, 8, 16, 16), List.of(8, 8, 16, 16, 32, 32));
    assertThat(space.narrowest()).containsExactly(4, 4, 8, 8, 16, 16);
  }

  @Test
  void choicesThatLeaveAWidthOutAreRefused() {
    List<Choice> choices = WidthChoices.STANDARD.of(ReadyMade.Family.PLAIN);

    assertThatThrownBy(
            () -> new WidthSpace(ReadyMade.Family.PLAIN, SHAPE, 10, choices.subList(0, 5)))
        .hasMessage("PLAIN has the free widths 0 to 5, choices set [0, 1, 2, 3, 4]");
  }

  private static List<String> names(ReadyMade.Family family, Unit unit) {
    return new WidthChoices(null, null, null, unit, null)
        .of(family).stream().map(Choice::name).toList();
  }

  private static WidthSpace space(WidthChoices choices) {
    return WidthSpace.of(ReadyMade.Family.PLAIN, SHAPE, 10, choices);
  }
}
