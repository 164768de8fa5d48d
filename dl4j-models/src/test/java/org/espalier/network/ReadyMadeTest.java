package org.espalier.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.espalier.network.ReadyMade.Family;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReadyMadeTest {
  private static final ImageShape CIFAR = new ImageShape(32, 32, 3);

  @ParameterizedTest
  @EnumSource(Family.class)
  void everyFamilyFitsTheSmallestImage(Family family) {
    NetworkSpec spec = family.build(new ImageShape(1, 1, 1), 2, family.usualWidths());

    assertThat(ShapeInference.classes(spec)).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void everyWidthIsTheWidthOfOneConvolution(Family family) {
    List<Integer> widths = new ArrayList<>();
    for (int i = 0; i < family.usualWidths().size(); i++) {
      widths.add(100 + i);
    }

    NetworkSpec spec = family.build(CIFAR, 10, widths);

    assertThat(ShapeInference.classes(spec)).isEqualTo(10);
    assertThat(mainConvolutions(spec)).isEqualTo(widths);
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void aWrongNumberOfWidthsIsRefused(Family family) {
    List<Integer> widths = family.usualWidths().subList(1, family.usualWidths().size());

    assertThatThrownBy(() -> family.build(CIFAR, 10, widths))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("widths");
  }

  @Test
  void residualStagesHalveTheImage() {
    NetworkSpec spec = Family.RESNET20.build(CIFAR, 10, Family.RESNET20.usualWidths());

    Map<String, FeatureShape> shapes = ShapeInference.infer(spec);

    assertThat(shapes)
        .containsEntry("block3/relu", new FeatureShape.Image(32, 32, 16))
        .containsEntry("block4/relu", new FeatureShape.Image(16, 16, 32))
        .containsEntry("block9/relu", new FeatureShape.Image(8, 8, 64));
  }

  @Test
  void residualShortcutsConvolveOnlyWhereShapesDiffer() {
    List<Integer> widths = new ArrayList<>(Family.RESNET20.usualWidths());
    widths.set(12, 33);

    NetworkSpec usual = Family.RESNET20.build(CIFAR, 10, Family.RESNET20.usualWidths());
    NetworkSpec odd = Family.RESNET20.build(CIFAR, 10, widths);

    assertThat(sides(usual)).containsExactly("block4/side/conv", "block7/side/conv");
    assertThat(sides(odd))
        .containsExactly("block4/side/conv", "block6/side/conv", "block7/side/conv");
  }

  @Test
  void mobileBlocksAddTheirInputWhereStrideAndWidthAllow() {
    NetworkSpec spec = Family.MOBILE_NET_V2.build(CIFAR, 10, Family.MOBILE_NET_V2.usualWidths());

    Map<String, FeatureShape> shapes = ShapeInference.infer(spec);

    assertThat(spec.nodes().stream().filter(node -> node.layer() instanceof Layer.Add))
        .extracting(NetworkSpec.Node::name)
        .containsExactly(
            "block3/add",
            "block5/add",
            "block6/add",
            "block8/add",
            "block9/add",
            "block10/add",
            "block12/add",
            "block13/add",
            "block15/add",
            "block16/add");
    assertThat(shapes).containsEntry("last/relu6", new FeatureShape.Image(4, 4, 1280));
  }

  @Test
  void depthsThatAreNot6nPlus2AreRefused() {
    assertThatThrownBy(() -> ReadyMade.resnet(18, CIFAR, 10, List.of(16)))
        .hasMessageContaining("6n + 2, such as 20 or 56, got 18");
  }

  private static List<String> sides(NetworkSpec spec) {
    return spec.nodes().stream()
        .map(NetworkSpec.Node::name)
        .filter(name -> name.endsWith("/side/conv"))
        .toList();
  }

  private static List<Integer> mainConvolutions(NetworkSpec spec) {
    List<Integer> outputs = new ArrayList<>();
    for (NetworkSpec.Node node : spec.nodes()) {
      if (node.layer() instanceof Layer.Convolution convolution
          && !node.name().contains("/side/")) {
        outputs.add(convolution.outputs());
      }
    }
    return outputs;
  }
}
