package org.espalier.search.cell.space;

import java.util.ArrayList;
import java.util.List;
import org.espalier.network.Layer;

/**
 * Draws an edge of a cell: one of several operations, and what the form adds beside them.
 *
 * @param blocks draws the operations
 * @param operations in the order of the choice's options
 * @param normalisedPools whether pooling is followed by batch norm without scale and shift
 */
record CellEdge<V>(Blocks<V> blocks, List<Operation> operations, boolean normalisedPools) {

  /**
   * The edge.
   *
   * @param name of it, unique in the network
   * @param choice that decides the operation
   * @param x what it reads
   * @param channels of what it reads and gives
   * @param stride 1, or 2 where the image gets smaller
   */
  V draw(String name, int choice, V x, int channels, int stride) {
    List<Branch<V>> branches = new ArrayList<>();
    for (int option = 0; option < operations.size(); option++) {
      Operation operation = operations.get(option);
      String place = name + "/" + operation.published();
      String gate = operation == Operation.NONE ? "" : place + "/gate";
      branches.add(
          Branch.of(choice, option, gate, () -> operation(operation, place, x, channels, stride)));
    }
    V mixed = blocks.sketch().either(name + "/sum", branches);
    return blocks.withAuxiliary(name + "/auxiliary", mixed, x, channels, stride);
  }

  private V operation(Operation operation, String name, V x, int channels, int stride) {
    return switch (operation) {
      case NONE -> blocks.zero(name, x, stride);
      case SKIP_CONNECT -> blocks.skip(name, x, channels, stride);
      case MAX_POOL_3X3 -> pool(name, Layer.Pooling.Kind.MAX, x, stride);
      case AVG_POOL_3X3 -> pool(name, Layer.Pooling.Kind.AVERAGE, x, stride);
      case SEP_CONV_3X3 -> separable(name, x, channels, 3, stride);
      case SEP_CONV_5X5 -> separable(name, x, channels, 5, stride);
      case DIL_CONV_3X3 -> dilated(name, x, channels, 3, stride);
      case DIL_CONV_5X5 -> dilated(name, x, channels, 5, stride);
      case NOR_CONV_1X1 -> blocks.reluConvolution(name, x, channels, 1, stride);
      case NOR_CONV_3X3 -> blocks.reluConvolution(name, x, channels, 3, stride);
    };
  }

  private V pool(String name, Layer.Pooling.Kind kind, V x, int stride) {
    V pooled = blocks.pool(name + "/pool", kind, x, stride);
    return normalisedPools
        ? blocks
            .sketch()
            .layer(name + "/norm", new Layer.BatchNormalization(false, 1e-5, 0.1), pooled)
        : pooled;
  }

  private V separable(String name, V x, int channels, int kernel, int stride) {
    V first =
        blocks.separable(
            name + "/1", x, channels, new Layer.DepthwiseConvolution(kernel, stride, 1));
    return blocks.separable(
        name + "/2", first, channels, new Layer.DepthwiseConvolution(kernel, 1, 1));
  }

  private V dilated(String name, V x, int channels, int kernel, int stride) {
    return blocks.separable(name, x, channels, new Layer.DepthwiseConvolution(kernel, stride, 2));
  }
}
