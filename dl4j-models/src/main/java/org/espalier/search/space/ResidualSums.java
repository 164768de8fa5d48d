package org.espalier.search.space;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.network.ImageShape;
import org.espalier.network.Layer;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ReadyMade;

/**
 * Finds which widths of a family must be equal for its shortcuts to be identities: those of layers
 * whose outputs its usual network sums. Pruning couples channels in the same way.
 */
final class ResidualSums {
  private static final ImageShape ANY_INPUT = new ImageShape(32, 32, 3);

  private final List<Integer> firsts = new ArrayList<>();
  private final Map<String, Integer> positions = new HashMap<>();

  private ResidualSums(ReadyMade.Family family) {
    int widths = family.usualWidths().size();
    for (int position = 0; position < widths; position++) {
      firsts.add(position);
    }
    Map<String, Integer> byLayer = new HashMap<>();
    List<String> layerNames = LayerNames.of(family);
    for (int position = 0; position < widths; position++) {
      byLayer.put(layerNames.get(position), position);
    }
    for (NetworkSpec.Node node : family.build(ANY_INPUT, 1, family.usualWidths()).nodes()) {
      place(node, byLayer);
    }
  }

  private void place(NetworkSpec.Node node, Map<String, Integer> byLayer) {
    Optional<Integer> position =
        switch (node.layer().accept(WidthSources.INSTANCE)) {
          case OWN -> Optional.ofNullable(byLayer.get(LayerNames.layer(node.name())));
          case NONE -> Optional.empty();
          case INPUTS ->
              node.inputs().stream()
                  .filter(positions::containsKey)
                  .map(positions::get)
                  .reduce(this::join);
        };
    position.ifPresent(place -> positions.put(node.name(), place));
  }

  /** Lets two positions have the same first one. */
  private int join(int one, int other) {
    int first = Math.min(firsts.get(one), firsts.get(other));
    int last = Math.max(firsts.get(one), firsts.get(other));
    firsts.replaceAll(each -> each == last ? first : each);
    return first;
  }

  /** For each width of the family, in its order, the first one that must equal it; often itself. */
  static List<Integer> of(ReadyMade.Family family) {
    return List.copyOf(new ResidualSums(family).firsts);
  }

  /** Where the width of what a layer gives comes from. */
  private enum WidthSource {
    OWN,
    INPUTS,
    /** Not a width of the family. */
    NONE
  }

  private enum WidthSources implements Layer.Visitor<WidthSource> {
    INSTANCE;

    @Override
    public WidthSource convolution(Layer.Convolution layer) {
      return WidthSource.OWN;
    }

    @Override
    public WidthSource depthwiseConvolution(Layer.DepthwiseConvolution layer) {
      return WidthSource.INPUTS;
    }

    @Override
    public WidthSource batchNormalization(Layer.BatchNormalization layer) {
      return WidthSource.INPUTS;
    }

    @Override
    public WidthSource activation(Layer.Activation layer) {
      return WidthSource.INPUTS;
    }

    @Override
    public WidthSource pooling(Layer.Pooling layer) {
      return WidthSource.INPUTS;
    }

    @Override
    public WidthSource globalAveragePooling(Layer.GlobalAveragePooling layer) {
      return WidthSource.INPUTS;
    }

    @Override
    public WidthSource linear(Layer.Linear layer) {
      return WidthSource.NONE;
    }

    @Override
    public WidthSource add(Layer.Add layer) {
      return WidthSource.INPUTS;
    }

    @Override
    public WidthSource concatenation(Layer.Concatenation layer) {
      throw new IllegalArgumentException("a family of widths has no concatenations");
    }

    @Override
    public WidthSource channelSlice(Layer.ChannelSlice layer) {
      throw new IllegalArgumentException("a family of widths has no channel slices");
    }

    @Override
    public WidthSource dropout(Layer.Dropout layer) {
      return WidthSource.INPUTS;
    }

    @Override
    public WidthSource dropPath(Layer.DropPath layer) {
      return WidthSource.INPUTS;
    }

    @Override
    public WidthSource scale(Layer.Scale layer) {
      return WidthSource.INPUTS;
    }
  }
}
