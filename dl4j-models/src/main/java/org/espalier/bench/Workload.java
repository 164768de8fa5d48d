package org.espalier.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.espalier.autograd.Elementwise;
import org.espalier.autograd.Poolings;
import org.espalier.tensor.Shape;

/** The networks of the step benchmark. */
public enum Workload {
  /** Three full mixtures of seven operations, 16 channels, on 16x16 images. */
  MIXTURE(64, 16, 3),
  /** A macro network of 15 cells with one operation an edge, on 32x32 images. */
  SAMPLED(64, 32, 3),
  /** ResNet-20 of widths 16, 32, 64, on 32x32 images. */
  RESNET20(64, 32, 3),
  /** ResNet-20 of widths 5, 10, 20, as searches under tight budgets find them, on 28x28 images. */
  NARROW(64, 28, 1),
  /** Six depthwise separable blocks on 28x28 images. */
  SEPARABLE(128, 28, 1),
  /** Three full mixtures of 8 channels on 8x8 images. */
  TINY(32, 8, 1),
  /** Sampled networks of a supernet of ResNet-20 with widths from 4 to 64, on 32x32 images. */
  APS(64, 32, 3),
  /** {@link #SAMPLED} as a path of a supernet of all cells, drawn and made in each step. */
  CELLS(64, 32, 3),
  /** Paths of that supernet as a policy draws them at the start of a search. */
  CELLS_DRAWN(64, 32, 3),
  /** Every operation of every edge of that supernet. */
  CELLS_MIXTURE(64, 32, 3);

  static final int CLASSES = 10;

  private final int batch;
  private final int side;
  private final int channels;

  Workload(int batch, int side, int channels) {
    this.batch = batch;
    this.side = side;
    this.channels = channels;
  }

  /** Lower-case name, as printed. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Shape of a batch of images. */
  public Shape images() {
    return Shape.of(batch, side, side, channels);
  }

  /** Fresh weights, ready to be trained. */
  public Steps start() {
    RandomImages batch = new RandomImages(images(), CLASSES);
    return switch (this) {
      case APS -> new SharedSteps(batch);
      case CELLS -> new CellSteps(batch, CellSteps.Trained.SAMPLE);
      case CELLS_DRAWN -> new CellSteps(batch, CellSteps.Trained.DRAWN);
      case CELLS_MIXTURE -> new CellSteps(batch, CellSteps.Trained.MIXTURE);
      default -> new NetworkSteps(this, batch);
    };
  }

  LayerBlock build(BenchParameters parameters) {
    LayerBlocks blocks = new LayerBlocks(parameters);
    return switch (this) {
      case MIXTURE -> mixtures(blocks, 16);
      case TINY -> mixtures(blocks, 8);
      case SAMPLED -> sampled(blocks);
      case RESNET20 -> resnet(blocks, 16);
      case NARROW -> resnet(blocks, 5);
      case SEPARABLE -> separable(blocks);
      case APS, CELLS, CELLS_DRAWN, CELLS_MIXTURE ->
          throw new IllegalStateException("a supernet is not made of blocks");
    };
  }

  private LayerBlock mixtures(LayerBlocks blocks, int width) {
    return LayerBlock.sequence(
        blocks.convolution(channels, width, 3, 1),
        blocks.normalization(width),
        blocks.mixture(width),
        blocks.mixture(width),
        blocks.mixture(width),
        blocks.head(width, CLASSES));
  }

  private static LayerBlock separable(LayerBlocks blocks) {
    List<LayerBlock> layers = new ArrayList<>();
    layers.add(blocks.convolution(1, 16, 3, 1));
    layers.add(blocks.normalizationRelu(16));
    int[] widths = {16, 16, 32, 32, 64, 64, 64};
    for (int i = 0; i + 1 < widths.length; i++) {
      int stride = i == 1 || i == 3 ? 2 : 1;
      layers.add(blocks.depthwise(widths[i], 3, stride, 1));
      layers.add(blocks.normalizationRelu(widths[i]));
      layers.add(blocks.convolution(widths[i], widths[i + 1], 1, 1));
      layers.add(blocks.normalizationRelu(widths[i + 1]));
    }
    layers.add(blocks.head(64, CLASSES));
    return LayerBlock.sequence(layers);
  }

  private LayerBlock resnet(LayerBlocks blocks, int narrowest) {
    List<LayerBlock> layers = new ArrayList<>();
    layers.add(blocks.convolution(channels, narrowest, 3, 1));
    layers.add(blocks.normalizationRelu(narrowest));
    int width = narrowest;
    for (int outputs : new int[] {narrowest, 2 * narrowest, 4 * narrowest}) {
      for (int i = 0; i < 3; i++) {
        layers.add(residual(blocks, width, outputs));
        width = outputs;
      }
    }
    layers.add(blocks.head(width, CLASSES));
    return LayerBlock.sequence(layers);
  }

  private static LayerBlock residual(LayerBlocks blocks, int inputs, int outputs) {
    int stride = inputs == outputs ? 1 : 2;
    LayerBlock main =
        LayerBlock.sequence(
            blocks.convolution(inputs, outputs, 3, stride),
            blocks.normalizationRelu(outputs),
            blocks.convolution(outputs, outputs, 3, 1),
            blocks.normalization(outputs));
    LayerBlock side =
        stride == 1
            ? LayerBlocks.IDENTITY
            : LayerBlock.sequence(
                blocks.convolution(inputs, outputs, 1, stride), blocks.normalization(outputs));
    return LayerBlock.sequence(LayerBlocks.add(main, side), LayerBlocks.RELU);
  }

  private static LayerBlock sampled(LayerBlocks blocks) {
    List<LayerBlock> layers = new ArrayList<>();
    layers.add(blocks.convolution(3, 16, 3, 1));
    layers.add(blocks.normalization(16));
    for (int width = 16; width <= 64; width *= 2) {
      if (width > 16) {
        layers.add(downsample(blocks, width / 2, width));
      }
      for (int i = 0; i < 5; i++) {
        layers.add(cell(blocks, width));
      }
    }
    layers.add(blocks.normalizationRelu(64));
    layers.add(blocks.head(64, CLASSES));
    return LayerBlock.sequence(layers);
  }

  private static LayerBlock downsample(LayerBlocks blocks, int inputs, int outputs) {
    LayerBlock main =
        LayerBlock.sequence(
            LayerBlocks.RELU,
            blocks.convolution(inputs, outputs, 3, 2),
            blocks.normalizationRelu(outputs),
            blocks.convolution(outputs, outputs, 3, 1),
            blocks.normalization(outputs));
    LayerBlock side =
        LayerBlock.sequence(
            (tape, x) -> Poolings.average(x, 2, 2), blocks.convolution(inputs, outputs, 1, 1));
    return LayerBlocks.add(main, side);
  }

  /** Edges in the order 0-1, 0-2, 1-2, 0-3, 1-3, 2-3 (Dong and Yang, ICLR 2020). */
  private static LayerBlock cell(LayerBlocks blocks, int width) {
    LayerBlock zeroToOne = edge(blocks, width, 3);
    LayerBlock zeroToTwo = edge(blocks, width, 1);
    LayerBlock oneToTwo = edge(blocks, width, 3);
    LayerBlock oneToThree = edge(blocks, width, 3);
    return (tape, x) -> {
      var one = zeroToOne.forward(tape, x);
      var two = Elementwise.add(zeroToTwo.forward(tape, x), oneToTwo.forward(tape, one));
      var three = Elementwise.add(x, oneToThree.forward(tape, one));
      return Elementwise.add(three, Poolings.average(two, 3, 1));
    };
  }

  private static LayerBlock edge(LayerBlocks blocks, int width, int kernel) {
    return LayerBlock.sequence(
        LayerBlocks.RELU, blocks.convolution(width, width, kernel, 1), blocks.normalization(width));
  }
}
