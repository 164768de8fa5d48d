package org.espalier.search.width;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.espalier.network.ReadyMade.Family;
import org.espalier.search.SumShape;
import org.espalier.search.space.Choice;
import org.espalier.search.space.WidthChoices;
import org.espalier.search.space.WidthSpace;
import org.espalier.search.supernet.SharedLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MetaLayoutTest {
  private static final Sharing ORDINAL = new Sharing.Ordinal();

  private static List<String> names(List<SharedLayout.Range> blocks) {
    return blocks.stream().map(SharedLayout.Range::name).toList();
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void blocksFillTheVectorWithoutGaps(Family family) {
    MetaLayout layout = MetaLayout.of(Spaces.of(family, 2, 3), Sharing.Transition.complete());

    int next = 0;
    for (SharedLayout.Range block : layout.blocks()) {
      assertThat(block.start()).isEqualTo(next);
      next += block.length();
    }
    assertThat(next).isEqualTo(layout.size());
    assertThat(names(layout.blocks())).doesNotHaveDuplicates().startsWith("weights");
    assertThat(layout.sums().blocks())
        .extracting(SumShape.Block::name)
        .isEqualTo(names(layout.blocks()));
    assertThat(layout.sums().bytes()).isEqualTo(4L * layout.size());
  }

  @Test
  void aResidualNetworkSharesKernelsAndKeepsPairsApart() {
    WidthSpace space = Spaces.of(Family.RESNET8, 2, 4);
    MetaLayout layout = MetaLayout.of(space, ORDINAL);

    // Image of 2 channels, stem, six 3x3 convolutions, classifier with bias.
    assertThat(layout.blocks().get(0).length()).isEqualTo(9 * 2 * 4 + 6 * 9 * 4 * 4 + 4 * 3 + 3);
    assertThat(names(layout.blocks()))
        .contains("pairs/stem/conv/0", "pairs/stem/conv/1")
        .contains("pairs/block1/1/conv/0x0", "pairs/block1/2/conv/1x0")
        // Within a stage, an identity is the shortcut between equal widths.
        .contains("pairs/block1/side/conv/0x1", "pairs/block1/side/conv/1x0")
        .doesNotContain("pairs/block1/side/conv/0x0", "pairs/block1/side/conv/1x1")
        .contains("pairs/block2/side/conv/0x0", "pairs/block2/side/conv/1x1");
    // Scale and shift; for a shortcut the kernel before them.
    assertThat(layout.blocks())
        .contains(
            new SharedLayout.Range("pairs/stem/conv/0", layout.blocks().get(0).length(), 2 * 2))
        .anyMatch(block -> block.name().endsWith("1/side/conv/0x1") && block.length() == 8 + 8);
  }

  @Test
  void picksTouchWhatTheirNetworkHas() {
    WidthSpace space = Spaces.of(Family.RESNET8, 2, 4);
    MetaLayout layout = MetaLayout.of(space, ORDINAL);

    List<String> narrow = names(layout.touched(Spaces.picks(space, 0)));

    assertThat(narrow)
        .containsExactly(
            "weights",
            "pairs/stem/conv/0",
            "pairs/block1/1/conv/0x0",
            "pairs/block1/2/conv/0x0",
            "pairs/block2/1/conv/0x0",
            "pairs/block2/2/conv/0x0",
            "pairs/block2/side/conv/0x0",
            "pairs/block3/1/conv/0x0",
            "pairs/block3/2/conv/0x0",
            "pairs/block3/side/conv/0x0");
  }

  @Test
  void mobileNetSharesItsOneByOneConvolutionsAndDepthwiseOnes() {
    WidthSpace space = Spaces.of(Family.MOBILE_NET_V2, 2, 4);
    MetaLayout layout = MetaLayout.of(space, ORDINAL);

    assertThat(layout.slab("block2/expand/conv/weight"))
        .hasValueSatisfying(slab -> assertThat(slab.length()).isEqualTo(16));
    assertThat(layout.slab("block2/depthwise/conv/weight"))
        .hasValueSatisfying(slab -> assertThat(slab.length()).isEqualTo(9 * 4));
    assertThat(names(layout.blocks()))
        .contains("pairs/block2/depthwise/conv/0", "pairs/block2/depthwise/conv/1")
        .contains("pairs/block2/project/conv/1x0")
        .noneMatch(name -> name.contains("side"));
    assertThat(layout.sites()).noneMatch(site -> site.kind() == Site.Kind.SHORTCUT);
  }

  @Test
  void oneChoiceForSummedLayersLeavesShortcutsBetweenStagesOnly() {
    var residual = new WidthChoices(null, null, List.of(2, 4), WidthChoices.Unit.RESIDUAL, null);
    WidthSpace space = WidthSpace.of(Family.RESNET20, Spaces.IMAGE, Spaces.CLASSES, residual);

    MetaLayout layout = MetaLayout.of(space, ORDINAL);

    assertThat(names(layout.blocks()))
        .filteredOn(name -> name.contains("/side/"))
        .containsExactly(
            "pairs/block4/side/conv/0x0",
            "pairs/block4/side/conv/0x1",
            "pairs/block4/side/conv/1x0",
            "pairs/block4/side/conv/1x1",
            "pairs/block7/side/conv/0x0",
            "pairs/block7/side/conv/0x1",
            "pairs/block7/side/conv/1x0",
            "pairs/block7/side/conv/1x1");
  }

  @Test
  void oneChoiceForABlockHasNoMixedPairs() {
    WidthSpace each = Spaces.of(Family.PLAIN3, 2, 4, 6);
    WidthSpace together =
        new WidthSpace(
            Family.PLAIN3,
            each.input(),
            each.classes(),
            List.of(
                new Choice("a", List.of(0), List.of(2, 4)),
                new Choice("b", List.of(1, 2), List.of(2, 4, 6))));

    MetaLayout layout = MetaLayout.of(together, ORDINAL);

    assertThat(names(layout.blocks()))
        .containsExactly(
            "weights",
            "pairs/layer1/conv/0",
            "pairs/layer1/conv/1",
            "pairs/layer2/conv/0x0",
            "pairs/layer2/conv/0x1",
            "pairs/layer2/conv/0x2",
            "pairs/layer2/conv/1x0",
            "pairs/layer2/conv/1x1",
            "pairs/layer2/conv/1x2",
            "pairs/layer3/conv/0",
            "pairs/layer3/conv/1",
            "pairs/layer3/conv/2");
    assertThat(layout.key()).isNotEqualTo(MetaLayout.of(each, ORDINAL).key());
  }

  @Test
  void firstValuesHaveTheVarianceOfTheirFanIn() {
    WidthSpace space = Spaces.of(Family.RESNET8, 16, 64);
    MetaLayout layout = MetaLayout.of(space, Sharing.Transition.complete());

    float[] values = layout.initial(1);

    Slab kernel = layout.slab("block2/2/conv/weight").orElseThrow();
    float[] drawn = Arrays.copyOfRange(values, kernel.start(), kernel.start() + kernel.length());
    double squares = IntStream.range(0, drawn.length).mapToDouble(i -> drawn[i] * drawn[i]).sum();
    // 186,624 draws: the relative deviation of the variance is sqrt(2 / n), 0.33 %.
    assertThat(squares / drawn.length).isCloseTo(2.0 / (9 * 64), within(2.0 / (9 * 64) * 0.02));
    SharedLayout.Range side =
        layout.blocks().stream()
            .filter(block -> block.name().equals("pairs/block2/side/conv/1x0"))
            .findFirst()
            .orElseThrow();
    float[] pair = Arrays.copyOfRange(values, side.start(), side.start() + side.length());
    assertThat(Arrays.copyOfRange(pair, 64 * 16, 64 * 16 + 16)).containsOnly(1);
    assertThat(Arrays.copyOfRange(pair, 64 * 16 + 16, pair.length)).containsOnly(0);
    assertThat(Arrays.copyOfRange(pair, 0, 64 * 16)).doesNotContain(0);
    assertThat(layout.initial(1)).isEqualTo(values);
    assertThat(layout.initial(2)).isNotEqualTo(values);
  }

  @Test
  void mapsOfOtherWidthsAreRefused() {
    MetaLayout layout = MetaLayout.of(Spaces.of(Family.PLAIN3, 2, 4), ORDINAL);
    AffineMaps others =
        AffineMaps.of(Spaces.of(Family.PLAIN3, 2, 4), Sharing.Transition.complete(), 0);

    assertThatThrownBy(() -> layout.check(others))
        .hasMessage("candidate 0 of position 0 needs a map [4, 2], got [10, 2]");
  }
}
