package org.espalier.search.cell.space;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import java.util.Locale;
import org.espalier.settings.Checks;
import org.espalier.settings.Range;

/** Which cells there are to choose from. A component that is left out takes its default. */
public sealed interface CellSpaceSettings
    permits CellSpaceSettings.Chain,
        CellSpaceSettings.ConvolutionBlocks,
        CellSpaceSettings.Darts,
        CellSpaceSettings.NasBench201,
        CellSpaceSettings.Small {

  /** The networks of these cells. */
  GatedSpace of(Skeleton skeleton);

  /** What it is, for people. */
  String describe();

  /** The cells of DARTS with the usual operations. */
  static CellSpaceSettings defaults() {
    return new Darts(null);
  }

  /**
   * {@link DartsSpace}: a normal and a reduction cell of four nodes.
   *
   * @param operations of an edge; default optimised
   */
  @JsonTypeName("darts")
  record Darts(DartsSpace.OperationSet operations) implements CellSpaceSettings {
    public Darts {
      operations = Checks.given(operations, DartsSpace.OperationSet.OPTIMISED);
    }

    @Override
    public GatedSpace of(Skeleton skeleton) {
      return new DartsSpace(operations, skeleton);
    }

    @Override
    public String describe() {
      return "the DARTS space with %s operations"
          .formatted(operations.name().toLowerCase(Locale.ROOT));
    }
  }

  /** The space of NAS-Bench-201: six edges with five operations, 15,625 cells. */
  @JsonTypeName("nasBench201")
  record NasBench201() implements CellSpaceSettings {
    @Override
    public GatedSpace of(Skeleton skeleton) {
      return new DenseCellSpace(DenseCellSpace.Cell.NAS_BENCH_201, skeleton);
    }

    @Override
    public String describe() {
      return "the NAS-Bench-201 space";
    }
  }

  /** Three edges with five operations: 125 cells, all of which can be trained. */
  @JsonTypeName("small")
  record Small() implements CellSpaceSettings {
    @Override
    public GatedSpace of(Skeleton skeleton) {
      return new DenseCellSpace(DenseCellSpace.Cell.SMALL, skeleton);
    }

    @Override
    public String describe() {
      return "the small space";
    }
  }

  /**
   * {@link MobileChainSpace}: layers of inverted residuals, their kernels, expansions and number.
   *
   * @param layers that a stage has at most, from 1 to 8; default 3
   * @param kernels of its depthwise convolutions, odd and rising; default 3, 5 and 7
   * @param expansions how many times as many channels these have as the layer reads, rising; 1 is a
   *     depthwise separable convolution; default 3 and 6
   */
  @JsonTypeName("chain")
  record Chain(
      @Range(min = 1, max = 8) Integer layers,
      List<@Range(min = 1, max = 15) Integer> kernels,
      List<@Range(min = 1, max = 16) Integer> expansions)
      implements CellSpaceSettings {
    public Chain {
      layers = Checks.given(layers, 3);
      kernels = List.copyOf(Checks.given(kernels, List.of(3, 5, 7)));
      expansions = List.copyOf(Checks.given(expansions, List.of(3, 6)));
      Checks.ranges(Chain.class, layers, kernels, expansions);
    }

    @Override
    public GatedSpace of(Skeleton skeleton) {
      return new MobileChainSpace(layers, kernels, expansions, skeleton);
    }

    @Override
    public String describe() {
      return "chains of at most %s layers a stage".formatted(layers);
    }
  }

  /**
   * {@link ConvolutionBlockSpace}: the network of few-shot learning, with an operation to pick in
   * each block.
   *
   * @param blocks operations with batch norm, ReLU and max pooling, from 1 to 8; default 4
   */
  @JsonTypeName("blocks")
  record ConvolutionBlocks(@Range(min = 1, max = 8) Integer blocks) implements CellSpaceSettings {
    public ConvolutionBlocks {
      blocks = Checks.given(blocks, 4);
      Checks.ranges(ConvolutionBlocks.class, blocks);
    }

    @Override
    public GatedSpace of(Skeleton skeleton) {
      return new ConvolutionBlockSpace(blocks, skeleton);
    }

    @Override
    public String describe() {
      return "chains of %s convolution blocks".formatted(blocks);
    }
  }
}
