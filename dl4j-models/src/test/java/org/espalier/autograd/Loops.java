package org.espalier.autograd;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.espalier.tensor.Shape;

/** Every operation once more, as the plainest loops over its definition. */
final class Loops {
  private Loops() {}

  static Numbers convolution(Numbers x, Numbers w, int stride, int dilation) {
    int k = w.size(0);
    int pad = dilation * (k - 1) / 2;
    return Numbers.make(
        windows(x, k, stride, dilation, w.size(3)),
        at -> {
          double sum = 0;
          for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
              int row = at[1] * stride + i * dilation - pad;
              int column = at[2] * stride + j * dilation - pad;
              for (int c = 0; inside(x, row, column) && c < w.size(2); c++) {
                sum += x.at(at[0], row, column, c) * w.at(i, j, c, at[3]);
              }
            }
          }
          return sum;
        });
  }

  static Numbers depthwise(Numbers x, Numbers w, int stride, int dilation) {
    // The same as a dense kernel that is zero off the diagonal.
    int channels = x.size(3);
    Numbers dense =
        Numbers.make(
            Shape.of(w.size(0), w.size(1), channels, channels),
            at -> at[2] == at[3] ? w.at(at[0], at[1], at[2], 0) : 0);
    return convolution(x, dense, stride, dilation);
  }

  static Numbers maxPool(Numbers x, int k, int stride) {
    return pool(x, k, stride, Math::max, Double.NEGATIVE_INFINITY);
  }

  static Numbers averagePool(Numbers x, int k, int stride) {
    Numbers sums = pool(x, k, stride, Double::sum, 0);
    Numbers ones = map(x, value -> 1);
    return zip(sums, pool(ones, k, stride, Double::sum, 0), (sum, count) -> sum / count);
  }

  private static Numbers pool(
      Numbers x, int k, int stride, DoubleBinaryOperator join, double start) {
    int pad = (k - 1) / 2;
    return Numbers.make(
        windows(x, k, stride, 1, x.size(3)),
        at -> {
          double joined = start;
          for (int row = at[1] * stride - pad; row < at[1] * stride - pad + k; row++) {
            for (int column = at[2] * stride - pad; column < at[2] * stride - pad + k; column++) {
              if (inside(x, row, column)) {
                joined = join.applyAsDouble(joined, x.at(at[0], row, column, at[3]));
              }
            }
          }
          return joined;
        });
  }

  private static Shape windows(Numbers x, int k, int stride, int dilation, int channels) {
    int room = 2 * (dilation * (k - 1) / 2) - dilation * (k - 1) - 1;
    return Shape.of(
        x.size(0), (x.size(1) + room) / stride + 1, (x.size(2) + room) / stride + 1, channels);
  }

  private static boolean inside(Numbers x, int row, int column) {
    return row >= 0 && row < x.size(1) && column >= 0 && column < x.size(2);
  }

  static Numbers globalAverage(Numbers x) {
    Numbers rowMeans = meanAxis(x, 1);
    return meanAxis(rowMeans, 1);
  }

  static Numbers normalize(Numbers x, Numbers scale, Numbers shift, double epsilon) {
    return normalizeBy(x.size(0), x, scale, shift, epsilon);
  }

  /** By mean and variance of the first images. */
  static Numbers normalizeBy(int images, Numbers x, Numbers scale, Numbers shift, double epsilon) {
    int[] sizes = x.shape().dimensions();
    sizes[0] = images;
    Numbers first = Numbers.make(Shape.of(sizes), x::at);
    double share = 1.0 / first.shape().rows();
    Numbers mean = scaled(sumRows(first), share);
    Numbers centred = Numbers.make(first.shape(), at -> first.at(at) - mean.at(last(at)));
    Numbers variance = scaled(sumRows(map(centred, v -> v * v)), share);
    return affine(x, mean, variance, scale, shift, epsilon);
  }

  static Numbers affine(
      Numbers x, Numbers mean, Numbers variance, Numbers scale, Numbers shift, double epsilon) {
    return Numbers.make(
        x.shape(),
        at -> {
          int c = last(at);
          double normal = (x.at(at) - mean.at(c)) / Math.sqrt(variance.at(c) + epsilon);
          return normal * scale.at(c) + shift.at(c);
        });
  }

  static Numbers product(Numbers left, Numbers right) {
    return Numbers.make(
        Shape.of(left.size(0), right.size(1)),
        at -> {
          double sum = 0;
          for (int i = 0; i < left.size(1); i++) {
            sum += left.at(at[0], i) * right.at(i, at[1]);
          }
          return sum;
        });
  }

  static Numbers transpose(Numbers x) {
    return Numbers.make(Shape.of(x.size(1), x.size(0)), at -> x.at(at[1], at[0]));
  }

  static Numbers addRow(Numbers x, Numbers row) {
    return Numbers.make(x.shape(), at -> x.at(at) + row.at(last(at)));
  }

  static Numbers project(Numbers w, Numbers p, Numbers q) {
    return Numbers.make(
        Shape.of(w.size(0), w.size(1), p.size(1), q.size(1)),
        at -> {
          double sum = 0;
          for (int a = 0; a < p.size(0); a++) {
            for (int b = 0; b < q.size(0); b++) {
              sum += p.at(a, at[2]) * q.at(b, at[3]) * w.at(at[0], at[1], a, b);
            }
          }
          return sum;
        });
  }

  static Numbers gatherRows(Numbers table, int... rows) {
    return Numbers.make(Shape.of(rows.length, table.size(1)), at -> table.at(rows[at[0]], at[1]));
  }

  static Numbers concatenate(Numbers left, Numbers right) {
    int split = left.shape().channels();
    return Numbers.make(
        left.shape().withChannels(split + right.shape().channels()),
        at -> {
          int[] from = at.clone();
          from[at.length - 1] -= last(at) < split ? 0 : split;
          return last(at) < split ? left.at(from) : right.at(from);
        });
  }

  static Numbers slice(Numbers x, int from, int to) {
    return Numbers.make(
        x.shape().withChannels(to - from),
        at -> {
          int[] moved = at.clone();
          moved[at.length - 1] += from;
          return x.at(moved);
        });
  }

  static Numbers sumAxis(Numbers x, int axis) {
    int[] kept = new int[x.shape().rank() - 1];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = x.size(i < axis ? i : i + 1);
    }
    return Numbers.make(
        kept.length == 0 ? Shape.of(1) : Shape.of(kept),
        at -> {
          int[] index = new int[x.shape().rank()];
          for (int i = 0; i < index.length; i++) {
            index[i] = i == axis ? 0 : at[i < axis ? i : i - 1];
          }
          double sum = 0;
          for (; index[axis] < x.size(axis); index[axis]++) {
            sum += x.at(index);
          }
          return sum;
        });
  }

  static Numbers meanAxis(Numbers x, int axis) {
    return scaled(sumAxis(x, axis), 1.0 / x.size(axis));
  }

  static Numbers sumRows(Numbers x) {
    double[] sums = new double[x.shape().channels()];
    for (int i = 0; i < x.values().length; i++) {
      sums[i % sums.length] += x.values()[i];
    }
    return new Numbers(Shape.of(sums.length), sums);
  }

  static Numbers softmax(Numbers x) {
    Numbers powers = map(x, Math::exp);
    Numbers sums = sumAxis(powers, x.shape().rank() - 1);
    int classes = x.shape().channels();
    double[] values = powers.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] /= sums.values()[i / classes];
    }
    return new Numbers(x.shape(), values);
  }

  static Numbers crossEntropy(Numbers logits, int[] labels, double smoothing) {
    Numbers logs = map(softmax(logits), Math::log);
    double classes = logits.size(1);
    Numbers terms =
        Numbers.make(
            logits.shape(),
            at -> {
              double wanted = smoothing / classes + (at[1] == labels[at[0]] ? 1 - smoothing : 0);
              return -wanted * logs.at(at);
            });
    return Numbers.scalar(terms.sum() / labels.length);
  }

  static Numbers distillation(Numbers student, Numbers teacher, double temperature) {
    Numbers q = softmax(scaled(student, 1 / temperature));
    Numbers p = softmax(scaled(teacher, 1 / temperature));
    double sum = zip(p, q, (wanted, got) -> wanted * Math.log(wanted / got)).sum();
    return Numbers.scalar(temperature * temperature * sum / student.size(0));
  }

  static Numbers map(Numbers x, DoubleUnaryOperator function) {
    return Numbers.make(x.shape(), at -> function.applyAsDouble(x.at(at)));
  }

  static Numbers zip(Numbers left, Numbers right, DoubleBinaryOperator function) {
    return Numbers.make(left.shape(), at -> function.applyAsDouble(left.at(at), right.at(at)));
  }

  static Numbers scaled(Numbers x, double factor) {
    return map(x, value -> factor * value);
  }

  static int last(int[] index) {
    return index[index.length - 1];
  }
}
