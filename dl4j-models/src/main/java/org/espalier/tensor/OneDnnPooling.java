package org.espalier.tensor;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_avg_exclude_padding;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_max;

import java.util.Optional;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;
import org.bytedeco.javacpp.Pointer;

/** Pooling by oneDNN, forward and backward for one shape. */
final class OneDnnPooling {
  private record Key(PoolingKernels.Kind kind, Shape images, Shape output, Grid grid) {}

  /** Places that are added in one sum: 16x16, as then it is off by less than 1e-5 of itself. */
  private static final int PLACES_AT_ONCE = 256;

  private record Grid(int height, int width, int stride, int padding) {}

  private final boolean max;
  private final OneDnnCall forward;
  private final OneDnnCall backward;
  private final long winnersBytes;

  private OneDnnPooling(Key key) {
    max = key.kind() == PoolingKernels.Kind.MAX;
    int algorithm = max ? dnnl_pooling_max : dnnl_pooling_avg_exclude_padding;
    memory.desc images = OneDnn.images(key.images());
    memory.desc output = OneDnn.images(key.output());
    long[] strides = {key.grid().stride(), key.grid().stride()};
    long[] kernel = {key.grid().height(), key.grid().width()};
    long[] padding = {key.grid().padding(), key.grid().padding()};
    var processor = OneDnn.current().processor();
    var forwards =
        new pooling_forward.primitive_desc(
            new pooling_forward.desc(
                dnnl_forward_training,
                algorithm,
                images,
                output,
                strides,
                kernel,
                padding,
                padding),
            processor);
    var backwards =
        new pooling_backward.primitive_desc(
            new pooling_backward.desc(algorithm, images, output, strides, kernel, padding, padding),
            processor,
            forwards);
    forward =
        new OneDnnCall(new pooling_forward(forwards))
            .given(DNNL_ARG_SRC, images)
            .given(DNNL_ARG_DST, output);
    backward =
        new OneDnnCall(new pooling_backward(backwards))
            .given(DNNL_ARG_DIFF_DST, output)
            .given(DNNL_ARG_DIFF_SRC, images);
    if (max) {
      memory.desc winners = forwards.workspace_desc();
      forward.given(DNNL_ARG_WORKSPACE, winners);
      backward.given(DNNL_ARG_WORKSPACE, winners);
      winnersBytes = winners.get_size();
    } else {
      winnersBytes = 0;
    }
  }

  static OneDnnPooling prepared(
      PoolingKernels.Kind kind, Window window, Shape images, Shape output) {
    Grid grid = new Grid(window.kernel(), window.kernel(), window.stride(), window.padding());
    return OneDnn.current().prepared(new Key(kind, images, output, grid), OneDnnPooling::new);
  }

  /**
   * Overwrites {@code output} with the average over all places. oneDNN adds the places of a window
   * one after the other in float32. Such a sum of {@code n} equal numbers is off by up to {@code n
   * 2^-25} of itself (Higham, Accuracy and Stability of Numerical Algorithms, 2002, section 4.2),
   * 1e-4 for a map of 64x64 places; so large maps are averaged by rows first, which all have
   * equally many places.
   */
  static void average(Tensor images, Tensor output) {
    Shape all = images.shape();
    int batch = all.dimension(0);
    int rows = all.dimension(1);
    int columns = all.dimension(2);
    if (rows == 1 || columns == 1 || (long) rows * columns <= PLACES_AT_ONCE) {
      whole(all).forward(images, output, Optional.empty());
      return;
    }
    int channels = all.channels();
    Shape byRow = Shape.of(Math.multiplyExact(batch, rows), 1, columns, channels);
    long bytes = (long) batch * rows * channels * Float.BYTES;
    Pointer means = OneDnn.current().scratch(bytes)[0];
    whole(byRow).forward(images.pointer(), means);
    whole(Shape.of(batch, 1, rows, channels)).forward(means, output.pointer());
  }

  /** The average over all places, in one sum. */
  static OneDnnPooling whole(Shape images) {
    Shape output = Shape.of(images.dimension(0), 1, 1, images.channels());
    Grid grid = new Grid(images.dimension(1), images.dimension(2), 1, 0);
    Key key = new Key(PoolingKernels.Kind.AVERAGE, images, output, grid);
    return OneDnn.current().prepared(key, OneDnnPooling::new);
  }

  /**
   * Takes the places that a 1x1 window with a stride reads: the average over one place is that
   * place, exactly.
   */
  static OneDnnPooling thinning(Window window, Shape images) {
    return prepared(
        PoolingKernels.Kind.AVERAGE, window, images, window.output(images, images.channels()));
  }

  /** Bytes in which the forward pass notes where each maximum was. */
  long winnersBytes() {
    return winnersBytes;
  }

  void forward(Tensor images, Tensor output, Optional<Tensor> winners) {
    if (max) {
      forward.run(images.pointer(), output.pointer(), winners.orElseThrow().pointer());
    } else {
      forward.run(images.pointer(), output.pointer());
    }
  }

  /** The same for averages, between any places of memory. */
  void forward(Pointer images, Pointer output) {
    forward.run(images, output);
  }

  void backward(Tensor gradient, Tensor target, Optional<Tensor> winners) {
    if (max) {
      backward.run(gradient.pointer(), target.pointer(), winners.orElseThrow().pointer());
    } else {
      backward.run(gradient.pointer(), target.pointer());
    }
  }
}
