package org.espalier.search.cell.space;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.espalier.cost.LayerCost;
import org.espalier.cost.Resource;
import org.espalier.network.Layer;
import org.espalier.report.Section;
import org.espalier.report.Table;
import org.espalier.search.cell.space.Decision.Effect;
import org.espalier.search.cell.space.Decision.Kind;
import org.espalier.search.space.CostModel;
import org.espalier.settings.SettingException;

/**
 * The network that few-shot learning is usually compared on (Vinyals et al., "Matching networks",
 * 2016, section 4.1), in which each block picks its operation. A block is this operation, batch
 * norm, ReLU and max pooling over 2x2 with stride 2, as long as there are 2 pixels a side to pool;
 * all blocks have equally many channels. Behind them are the mean over the image, which of 28x28
 * pixels and four blocks is a single place, and a linear layer.
 *
 * <p>With a 3x3 convolution in each of four blocks it is the network of Finn et al. ("MAML", 2017,
 * section 5.2) with pooling in place of strides. Parameters have the same shapes for images of any
 * size, and but for the linear layer for any number of classes.
 *
 * @param blocks from 1 to 8, usually 4
 * @param skeleton where {@link Skeleton#cells} is how often a block repeats its operation, each
 *     time with batch norm and ReLU, usually 1, and {@link Skeleton#channels} are those of all
 *     blocks, usually 64 or 32
 */
public record ConvolutionBlockSpace(int blocks, Skeleton skeleton) implements GatedSpace {
  private static final int MOST_BLOCKS = 8;

  /**
   * What a block can compute, in the order of the options.
   *
   * @param kernel side of its window
   * @param separable whether it is a depthwise convolution and then one of 1x1
   */
  private record Convolution(int kernel, boolean separable) {
    String text() {
      return "%s_%sx%s".formatted(separable ? "separable" : "conv", kernel, kernel);
    }
  }

  private static final List<Convolution> CONVOLUTIONS =
      List.of(
          new Convolution(3, false),
          new Convolution(5, false),
          new Convolution(1, false),
          new Convolution(3, true),
          new Convolution(5, true));

  public ConvolutionBlockSpace {
    Objects.requireNonNull(skeleton, "skeleton");
    if (blocks < 1 || blocks > MOST_BLOCKS) {
      throw new SettingException(
          "blocks", "must be from 1 to %s, got %s".formatted(MOST_BLOCKS, blocks));
    }
  }

  @Override
  public ConvolutionBlockSpace with(int cells, int channels) {
    return new ConvolutionBlockSpace(blocks, skeleton.of(cells, channels));
  }

  @Override
  public String name() {
    return "%s of %s blocks, %s".formatted(title(), blocks, skeleton.describe());
  }

  @Override
  public String title() {
    return "convolution-blocks";
  }

  @Override
  public List<Decision> decisions() {
    List<Decision.Option> options =
        CONVOLUTIONS.stream()
            .map(each -> new Decision.Option(each.text(), Effect.LEARNED))
            .toList();
    return IntStream.rangeClosed(1, blocks)
        .mapToObj(block -> "block" + block)
        .map(name -> new Decision(name, Kind.OPERATION, name, options))
        .toList();
  }

  /** The operation of each block, such as {@code conv_3x3 separable_5x5}. */
  @Override
  public String describe(List<Integer> picks) {
    return picks.stream()
        .map(pick -> CONVOLUTIONS.get(pick).text())
        .collect(Collectors.joining(" "));
  }

  /** A table of the blocks: they are a chain, without edges to draw. */
  @Override
  public List<Section> drawings(String title, List<Integer> picks) {
    List<List<String>> rows = new ArrayList<>();
    for (int block = 1; block <= blocks; block++) {
      String operation = CONVOLUTIONS.get(picks.get(block - 1)).text();
      rows.add(List.of(Integer.toString(block), operation));
    }
    return List.of(new Table(title + ": operation of each block", List.of("block", "op"), rows));
  }

  @Override
  public Gated supernet(List<List<Integer>> options, Form form) {
    return drawn().supernet(options, form);
  }

  @Override
  public CostModel cost(Resource resource) {
    return drawn().cost(resource);
  }

  @Override
  public Collection<LayerCost> everyLayer() {
    return drawn().layerCosts().values();
  }

  private Drawn drawn() {
    return new Drawn(title(), skeleton.input(), decisions(), this::draw);
  }

  private <V> V draw(Sketch<V> sketch) {
    Blocks<V> layers = new Blocks<>(sketch);
    V x = sketch.images();
    int side = skeleton.side();
    for (int block = 1; block <= blocks; block++) {
      String name = "block" + block;
      x = layers.relu(name + "/relu", operation(layers, block, x));
      if (side >= 2) {
        x = sketch.layer(name + "/pool", new Layer.Pooling(Layer.Pooling.Kind.MAX, 2, 2), x);
        side /= 2;
      }
    }
    return layers.head(x, skeleton.classes());
  }

  /** What a block picks, up to its last ReLU. */
  private <V> V operation(Blocks<V> layers, int block, V x) {
    String name = "block" + block;
    List<Branch<V>> branches = new ArrayList<>();
    for (Convolution each : CONVOLUTIONS) {
      String option = name + "/" + each.text();
      branches.add(
          Branch.of(
              block - 1,
              branches.size(),
              option + "/gate",
              () -> repeated(layers, option, each, x)));
    }
    V mixed = layers.sketch().either(name + "/sum", branches);
    return block > 1
        ? layers.withAuxiliary(name + "/auxiliary", mixed, x, skeleton.channels(), 1)
        : mixed;
  }

  private <V> V repeated(Blocks<V> layers, String name, Convolution convolution, V input) {
    V x = input;
    for (int i = 1; i <= skeleton.cells(); i++) {
      String part = name + "/" + i;
      V read = i == 1 ? x : layers.relu(part + "/relu", x);
      x = layers.norm(part + "/norm", convolution(layers, part, convolution, read));
    }
    return x;
  }

  private <V> V convolution(Blocks<V> layers, String name, Convolution convolution, V x) {
    int kernel = convolution.kernel();
    if (!convolution.separable()) {
      return layers.convolution(name + "/conv", x, skeleton.channels(), kernel, 1);
    }
    Layer depthwise = new Layer.DepthwiseConvolution(kernel, 1, 1);
    V spread = layers.sketch().layer(name + "/depthwise", depthwise, x);
    return layers.convolution(name + "/pointwise", spread, skeleton.channels(), 1, 1);
  }
}
