package org.espalier.search.cell.space;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.espalier.network.Layer;
import org.espalier.search.cell.space.MobileChainSpace.Inverted;

/** Draws the networks of a {@link MobileChainSpace}. */
final class ChainDrawing<V> {
  /** Channels of the separable convolution, the stages and the last one, in quarters. */
  private static final List<Integer> QUARTERS = List.of(2, 3, 5, 10, 14, 24, 40);

  /** Stages that halve the image, the first convolution being stage 0, in the order of need. */
  private static final List<Integer> HALVING = List.of(5, 3, 2, 1, 0);

  private static final int LEAST_SIDE = 4;
  private static final Layer RELU6 = new Layer.Activation(Layer.Activation.Function.RELU6);

  private final MobileChainSpace space;
  private final Blocks<V> blocks;
  private final Sketch<V> sketch;
  private final Set<Integer> halving;

  ChainDrawing(MobileChainSpace space, Blocks<V> blocks) {
    this.space = space;
    this.blocks = blocks;
    this.sketch = blocks.sketch();
    this.halving = halving(space.skeleton().side());
  }

  /** The stages that halve images of a side. */
  private static Set<Integer> halving(int side) {
    Set<Integer> halving = new TreeSet<>();
    int rest = side;
    for (int stage : HALVING) {
      rest = (rest + 1) / 2;
      if (rest >= LEAST_SIDE) {
        halving.add(stage);
      }
    }
    return halving;
  }

  private int channels(int part) {
    int quarters = Math.multiplyExact(space.skeleton().channels(), QUARTERS.get(part));
    return Math.max(1, quarters / 4);
  }

  V draw() {
    int stride = halving.contains(0) ? 2 : 1;
    V x = blocks.convolutionNorm("stem", sketch.images(), space.skeleton().channels(), stride);
    x = depthwise("first", sketch.layer("stem/relu6", RELU6, x), 3, 1);
    x = project("first", x, channels(0));
    for (int stage = 1; stage <= MobileChainSpace.STAGES; stage++) {
      x = after(stage, 1, layer(stage, 1, x));
    }
    V last = blocks.norm("last/norm", blocks.convolution("last/conv", x, channels(6), 1, 1));
    return blocks.head(sketch.layer("last/relu6", RELU6, last), space.skeleton().classes());
  }

  /** What a stage gives after one of its layers: what that gives, or what more layers give. */
  private V after(int stage, int layer, V x) {
    String name = "stage%s/depth%s".formatted(stage, layer);
    int choice = space.depthChoice(stage);
    List<Branch<V>> branches =
        new ArrayList<>(List.of(Branch.of(choice, layer - 1, name + "/gate", () -> x)));
    if (layer < space.layers()) {
      Set<Integer> deeper =
          IntStream.range(layer, space.layers()).boxed().collect(Collectors.toSet());
      branches.add(
          new Branch<>(
              choice, deeper, "", () -> after(stage, layer + 1, layer(stage, layer + 1, x))));
    }
    return sketch.either(name + "/sum", branches);
  }

  private V layer(int stage, int layer, V x) {
    String name = "stage%s/layer%s".formatted(stage, layer);
    int choice = space.layerChoice(stage, layer);
    List<Branch<V>> branches = new ArrayList<>();
    for (Inverted kind : space.kinds()) {
      String option = name + "/" + kind.text();
      int index = branches.size();
      branches.add(
          Branch.of(
              choice, index, option + "/gate", () -> inverted(option, kind, stage, layer, x)));
    }
    if (layer > 1) {
      String option = name + "/" + MobileChainSpace.SKIP;
      branches.add(
          Branch.of(
              choice,
              branches.size(),
              option + "/gate",
              () -> blocks.skip(option, x, channels(stage), 1)));
    }
    V mixed = sketch.either(name + "/sum", branches);
    return layer > 1
        ? blocks.withAuxiliary(name + "/auxiliary", mixed, x, channels(stage), 1)
        : mixed;
  }

  /** The blocks of a layer; only the first of a stage changes size and channels. */
  private V inverted(String name, Inverted kind, int stage, int layer, V input) {
    V x = input;
    for (int block = 1; block <= space.skeleton().cells(); block++) {
      boolean first = layer == 1 && block == 1;
      int inputs = channels(first ? stage - 1 : stage);
      int stride = first && halving.contains(stage) ? 2 : 1;
      String part = name + "/block" + block;
      int wide = Math.multiplyExact(inputs, kind.expansion());
      V main = kind.expansion() == 1 ? x : expand(part, x, wide);
      main = project(part, depthwise(part, main, kind.kernel(), stride), channels(stage));
      boolean residual = stride == 1 && inputs == channels(stage);
      x = residual ? sketch.layer(part + "/add", new Layer.Add(), List.of(main, x)) : main;
    }
    return x;
  }

  private V expand(String name, V x, int channels) {
    V wide =
        blocks.norm(
            name + "/expand/norm", blocks.convolution(name + "/expand/conv", x, channels, 1, 1));
    return sketch.layer(name + "/expand/relu6", RELU6, wide);
  }

  private V depthwise(String name, V x, int kernel, int stride) {
    V spread =
        sketch.layer(
            name + "/depthwise/conv", new Layer.DepthwiseConvolution(kernel, stride, 1), x);
    return sketch.layer(
        name + "/depthwise/relu6", RELU6, blocks.norm(name + "/depthwise/norm", spread));
  }

  private V project(String name, V x, int channels) {
    V narrow = blocks.convolution(name + "/project/conv", x, channels, 1, 1);
    return blocks.norm(name + "/project/norm", narrow);
  }
}
