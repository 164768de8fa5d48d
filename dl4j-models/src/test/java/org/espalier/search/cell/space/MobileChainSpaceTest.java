package org.espalier.search.cell.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.espalier.network.ImageShape;
import org.espalier.network.Layer;
import org.espalier.network.NetworkSpec;
import org.espalier.settings.SettingException;
import org.junit.jupiter.api.Test;

class MobileChainSpaceTest {
  private static final Skeleton SKELETON = new Skeleton(1, 8, new ImageShape(28, 28, 1), 10);

  @Test
  void optionsAreEveryKernelWithEveryExpansion() {
    assertThat(space(List.of(3, 5), List.of(1, 4)).kinds())
        .extracting(MobileChainSpace.Inverted::text)
        .containsExactly("k3e1", "k3e4", "k5e1", "k5e4");
  }

  /**
   * A layer without expansion is a depthwise separable convolution: two convolutions, not three.
   */
  @Test
  void expansionOneHasNoExpandingConvolution() {
    MobileChainSpace separable = space(List.of(3), List.of(1));
    MobileChainSpace expanding = space(List.of(3), List.of(2));

    assertThat(convolutions(separable)).isEqualTo(convolutions(expanding) - 5);
    assertThat(names(separable)).noneMatch(name -> name.contains("/expand/"));
    assertThat(names(expanding))
        .anyMatch(name -> name.contains("stage1/layer1/k3e2/block1/expand/"));
  }

  private static long convolutions(MobileChainSpace space) {
    return network(space).nodes().stream()
        .filter(node -> node.layer() instanceof Layer.Convolution)
        .count();
  }

  private static List<String> names(MobileChainSpace space) {
    return network(space).nodes().stream().map(NetworkSpec.Node::name).toList();
  }

  /** One layer in each of the five stages. */
  private static NetworkSpec network(MobileChainSpace space) {
    return space.network(space.sizes().stream().map(size -> 0).toList());
  }

  @Test
  void layersThatAreLeftOutComeLastInCanonicalPicks() {
    MobileChainSpace space = new MobileChainSpace(3, List.of(3), List.of(1, 2), SKELETON);
    List<Integer> picks = new ArrayList<>(space.sizes().stream().map(size -> 0).toList());
    picks.set(space.depthChoice(2), 2);
    picks.set(space.layerChoice(2, 2), 2); // The third of three options leaves a layer out.
    picks.set(space.layerChoice(2, 3), 1);

    List<Integer> canonical = space.canonical(picks);

    assertThat(canonical.subList(space.depthChoice(2), space.depthChoice(3)))
        .containsExactly(1, 0, 1, 2);
    assertThat(canonical.subList(space.depthChoice(1), space.depthChoice(2)))
        .containsExactly(0, 0, 2, 2);
  }

  @Test
  void leavingOutOtherLayersIsTheSameNetworkByAnotherName() {
    MobileChainSpace space = new MobileChainSpace(3, List.of(3), List.of(1), SKELETON);
    List<Integer> last = new ArrayList<>(space.sizes().stream().map(size -> 0).toList());
    last.set(space.depthChoice(2), 2);
    last.set(space.layerChoice(2, 3), 1); // The second of two options leaves a layer out.
    List<Integer> middle = new ArrayList<>(last);
    middle.set(space.layerChoice(2, 2), 1);
    middle.set(space.layerChoice(2, 3), 0);

    assertThat(space.network(last)).isNotEqualTo(space.network(middle));
    assertThat(space.network(last).unnamed()).isEqualTo(space.network(middle).unnamed());
    middle.set(space.layerChoice(2, 3), 1);
    assertThat(space.network(last).unnamed()).isNotEqualTo(space.network(middle).unnamed());
  }

  @Test
  void kindsThatCannotBeAreRefused() {
    assertThatThrownBy(() -> space(List.of(3, 4), List.of(1)))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("kernels must be odd, got [3, 4]");
    assertThatThrownBy(() -> space(List.of(5, 3), List.of(1)))
        .hasMessageContaining("kernels must be positive and rising, at least one, got [5, 3]");
    assertThatThrownBy(() -> space(List.of(3), List.of()))
        .hasMessageContaining("expansions must be positive and rising, at least one, got []");
  }

  private static MobileChainSpace space(List<Integer> kernels, List<Integer> expansions) {
    return new MobileChainSpace(2, kernels, expansions, SKELETON);
  }
}
