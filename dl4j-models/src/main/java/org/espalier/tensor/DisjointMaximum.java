package org.espalier.tensor;

import java.util.function.IntConsumer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;

/**
 * Max pooling by windows that lie side by side, such as 2x2 with stride 2, of float32 on the CPU.
 * oneDNN notes where each maximum was, which without AVX-512 takes it several times as long as
 * these loops, which virtual machines vectorise. The backward pass sees by their bits where the
 * maxima were. Works through bands: as many rows of an image as a window has, and the row of the
 * output that is made of them.
 */
final class DisjointMaximum {
  private final int kernel;
  private final int channels;
  private final int batch;
  private final int height;
  private final int outputHeight;

  /** Numbers of a row of an image. */
  private final int row;

  /** Numbers of a row of the output. */
  private final int outputRow;

  private DisjointMaximum(Window window, Shape images) {
    Shape output = window.output(images, images.channels());
    kernel = window.kernel();
    channels = images.channels();
    batch = images.dimension(0);
    height = images.dimension(1);
    outputHeight = output.dimension(1);
    row = images.dimension(2) * channels;
    outputRow = output.dimension(2) * channels;
  }

  /** Whether it computes this pooling. */
  static boolean suits(PoolingKernels.Kind kind, Window window) {
    return kind == PoolingKernels.Kind.MAX
        && window.kernel() > 1
        && window.kernel() == window.stride()
        && window.dilation() == 1
        && window.padding() == 0;
  }

  /** Overwrites {@code output} with the maxima. */
  static void forward(Window window, Tensor images, Tensor output) {
    new DisjointMaximum(window, images.shape())
        .forward(new FloatPointer(images.pointer()), new FloatPointer(output.pointer()));
  }

  /**
   * Overwrites {@code target} with the gradient of the images: that of a window goes to the first
   * place that holds its maximum.
   */
  static void backward(
      Window window, Tensor images, Tensor output, Tensor gradient, Tensor target) {
    new DisjointMaximum(window, images.shape())
        .backward(
            new IntPointer(images.pointer()),
            new IntPointer(output.pointer()),
            new IntPointer(gradient.pointer()),
            new IntPointer(target.pointer()));
  }

  /** Index of the first number of a band in the images. */
  private long start(int band) {
    return (long) (band / outputHeight * height + band % outputHeight * kernel) * row;
  }

  /** For the first number of each place of the first window. */
  private void eachPlace(IntConsumer consumer) {
    for (int y = 0; y < kernel; y++) {
      for (int x = 0; x < kernel; x++) {
        consumer.accept(y * row + x * channels);
      }
    }
  }

  private void forward(FloatPointer images, FloatPointer output) {
    float[] values = new float[kernel * row];
    float[] place = new float[outputRow];
    float[] maxima = new float[outputRow];
    for (int band = 0; band < batch * outputHeight; band++) {
      images.position(start(band)).get(values);
      gather(values, 0, maxima);
      eachPlace(
          first -> {
            gather(values, first, place);
            raise(maxima, place);
          });
      output.position((long) band * outputRow).put(maxima);
    }
  }

  private void backward(IntPointer images, IntPointer output, IntPointer from, IntPointer to) {
    int[] values = new int[kernel * row];
    int[] place = new int[outputRow];
    int[] maxima = new int[outputRow];
    int[] left = new int[outputRow];
    int[] taken = new int[outputRow];
    // Places that no window covers stay zero.
    int[] slopes = new int[kernel * row];
    int[] rest = new int[(height - outputHeight * kernel) * row];
    for (int band = 0; band < batch * outputHeight; band++) {
      images.position(start(band)).get(values);
      output.position((long) band * outputRow).get(maxima);
      from.position((long) band * outputRow).get(left);
      eachPlace(
          first -> {
            gather(values, first, place);
            take(place, maxima, left, taken);
            remove(left, taken);
            scatter(taken, slopes, first);
          });
      to.position(start(band)).put(slopes);
      if (rest.length > 0 && (band + 1) % outputHeight == 0) {
        to.position(start(band) + slopes.length).put(rest);
      }
    }
  }

  private void gather(Object values, int first, Object place) {
    for (int i = 0; i < outputRow; i += channels) {
      System.arraycopy(values, first + i * kernel, place, i, channels);
    }
  }

  private void scatter(Object place, Object values, int first) {
    for (int i = 0; i < outputRow; i += channels) {
      System.arraycopy(place, i, values, first + i * kernel, channels);
    }
  }

  private static void raise(float[] maxima, float[] values) {
    for (int i = 0; i < maxima.length; i++) {
      maxima[i] = Math.max(maxima[i], values[i]);
    }
  }

  /** What is left where a value has the bits of the maximum, else 0. */
  private static void take(int[] values, int[] maxima, int[] left, int[] taken) {
    for (int i = 0; i < taken.length; i++) {
      int difference = values[i] ^ maxima[i];
      taken[i] = left[i] & ~((difference | -difference) >> 31);
    }
  }

  private static void remove(int[] left, int[] taken) {
    for (int i = 0; i < left.length; i++) {
      left[i] ^= taken[i];
    }
  }
}
