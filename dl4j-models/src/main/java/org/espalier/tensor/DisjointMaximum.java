package org.espalier.tensor;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_inference;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_max;

import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_forward;
import org.bytedeco.javacpp.IntPointer;

/**
 * Max pooling by windows that lie side by side, such as 2x2 with stride 2. In training oneDNN notes
 * where each maximum was, which without AVX-512 takes it many times as long as finding it. Here it
 * only finds the maxima, and the backward pass sees by their bits where they were.
 */
final class DisjointMaximum {
  private record Key(Window window, Shape images) {}

  private final OneDnnCall forward;

  private DisjointMaximum(Key key) {
    Window window = key.window();
    memory.desc images = OneDnn.images(key.images());
    memory.desc output = OneDnn.images(window.output(key.images(), key.images().channels()));
    long[] sides = {window.kernel(), window.kernel()};
    long[] padding = {0, 0};
    var description =
        new pooling_forward.primitive_desc(
            new pooling_forward.desc(
                dnnl_forward_inference,
                dnnl_pooling_max,
                images,
                output,
                sides,
                sides,
                padding,
                padding),
            OneDnn.current().processor());
    forward =
        new OneDnnCall(new pooling_forward(description))
            .given(DNNL_ARG_SRC, images)
            .given(DNNL_ARG_DST, output);
  }

  /** Whether it computes this pooling. */
  static boolean suits(PoolingKernels.Kind kind, Window window) {
    return kind == PoolingKernels.Kind.MAX
        && window.kernel() > 1
        && window.kernel() == window.stride()
        && window.dilation() == 1
        && window.padding() == 0;
  }

  static void forward(Window window, Tensor images, Tensor output) {
    OneDnn.current()
        .prepared(new Key(window, images.shape()), DisjointMaximum::new)
        .forward
        .run(images.pointer(), output.pointer());
  }

  /**
   * Overwrites {@code target} with the gradient of the images: that of a window goes to the first
   * place that holds its maximum.
   */
  static void backward(
      Window window, Tensor images, Tensor output, Tensor gradient, Tensor target) {
    Bands bands = new Bands(window.kernel(), images.shape(), output.shape());
    int batch = images.shape().dimension(0);
    int height = images.shape().dimension(1);
    int outputHeight = output.shape().dimension(1);
    IntPointer from = new IntPointer(images.pointer());
    IntPointer maxima = new IntPointer(output.pointer());
    IntPointer arriving = new IntPointer(gradient.pointer());
    IntPointer to = new IntPointer(target.pointer());
    int[] nothing = new int[bands.row * (height - outputHeight * window.kernel())];
    for (int image = 0; image < batch; image++) {
      for (int y = 0; y < outputHeight; y++) {
        long start = (long) (image * height + y * window.kernel()) * bands.row;
        long outputStart = (long) (image * outputHeight + y) * bands.outputRow;
        from.position(start).get(bands.values);
        maxima.position(outputStart).get(bands.maxima);
        arriving.position(outputStart).get(bands.left);
        bands.spread();
        to.position(start).put(bands.slopes);
      }
      to.position((long) (image + 1) * height * bands.row - nothing.length).put(nothing);
    }
  }

  /**
   * As many rows of an image as a window has, and the row of the output that is made of them.
   * Numbers are kept by their bits, on which the loops are vectorised.
   */
  private static final class Bands {
    private final int kernel;
    private final int channels;
    private final int row;
    private final int outputRow;
    private final int[] values;
    private final int[] maxima;

    /** What has not yet found its place of the gradient that arrives. */
    private final int[] left;

    /** Gradient of the values; places beyond the last window stay zero. */
    private final int[] slopes;

    private final int[] place;
    private final int[] taken;

    Bands(int kernel, Shape images, Shape output) {
      this.kernel = kernel;
      channels = images.channels();
      row = images.dimension(2) * channels;
      outputRow = output.dimension(2) * channels;
      values = new int[kernel * row];
      slopes = new int[kernel * row];
      maxima = new int[outputRow];
      left = new int[outputRow];
      place = new int[outputRow];
      taken = new int[outputRow];
    }

    void spread() {
      for (int y = 0; y < kernel; y++) {
        for (int x = 0; x < kernel; x++) {
          int first = y * row + x * channels;
          for (int i = 0; i < outputRow; i += channels) {
            System.arraycopy(values, first + i * kernel, place, i, channels);
          }
          take(place, maxima, left, taken);
          remove(taken, left);
          for (int i = 0; i < outputRow; i += channels) {
            System.arraycopy(taken, i, slopes, first + i * kernel, channels);
          }
        }
      }
    }

    private static void take(int[] place, int[] maxima, int[] left, int[] taken) {
      for (int i = 0; i < taken.length; i++) {
        int difference = place[i] ^ maxima[i];
        taken[i] = left[i] & ~((difference | -difference) >> 31);
      }
    }

    private static void remove(int[] taken, int[] left) {
      for (int i = 0; i < left.length; i++) {
        left[i] ^= taken[i];
      }
    }
  }
}
