package org.espalier.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a network with plain loops in float64, straight from the definitions: slow, and independent
 * of everything it is compared with.
 */
public final class LoopNetwork {
  private final NetworkSpec spec;
  private final Map<String, double[]> numbers;

  /**
   * @param spec without dropout and drop-path if it is to be run as in training
   * @param numbers parameters and buffers by the names of {@link ParameterSet}
   */
  public LoopNetwork(NetworkSpec spec, Map<String, double[]> numbers) {
    this.spec = spec;
    this.numbers = Map.copyOf(numbers);
  }

  /** The network with the present parameters and buffers of a set. */
  public static LoopNetwork of(NetworkSpec spec, ParameterSet parameters) {
    Map<String, double[]> numbers = new HashMap<>();
    parameters
        .parameters()
        .forEach(parameter -> numbers.put(parameter.name(), parameter.value().toDoubles()));
    parameters
        .bufferNames()
        .forEach(name -> numbers.put(name, parameters.buffer(name).toDoubles()));
    return new LoopNetwork(spec, numbers);
  }

  /** Features of a batch, {@code [batch, height, width, channels]}. */
  @SuppressWarnings("ArrayRecordComponent") // never leaves this class
  private record Features(int batch, int height, int width, int channels, double[] values) {
    static Features zeros(int batch, int height, int width, int channels) {
      return new Features(
          batch, height, width, channels, new double[batch * height * width * channels]);
    }

    int index(int image, int row, int column, int channel) {
      return ((image * height + row) * width + column) * channels + channel;
    }

    double at(int image, int row, int column, int channel) {
      return values[index(image, row, column, channel)];
    }

    boolean holds(int row, int column) {
      return row >= 0 && row < height && column >= 0 && column < width;
    }
  }

  /** A value from a place of a window. */
  private interface Tap {
    void visit(int row, int column, int tapRow, int tapColumn);
  }

  /** Logits {@code [batch, classes]} with running statistics, dropping nothing. */
  public double[] evaluate(double[] images) {
    return run(images, false);
  }

  /** Logits {@code [batch, classes]} with the statistics of the batch. */
  public double[] train(double[] images) {
    return run(images, true);
  }

  private double[] run(double[] images, boolean training) {
    ImageShape input = spec.input();
    Map<String, Features> features = new HashMap<>();
    features.put(
        NetworkSpec.INPUT,
        new Features(
            images.length / input.size(), input.height(), input.width(), input.channels(), images));
    double[] last = images;
    for (NetworkSpec.Node node : spec.nodes()) {
      List<Features> sources = new ArrayList<>();
      node.inputs().forEach(name -> sources.add(features.get(name)));
      Features result = layer(node, sources, training);
      features.put(node.name(), result);
      last = result.values();
    }
    return last;
  }

  private Features layer(NetworkSpec.Node node, List<Features> sources, boolean training) {
    Features x = sources.get(0);
    if (node.layer() instanceof Layer.Convolution layer) {
      return convolution(node.name(), layer, x);
    } else if (node.layer() instanceof Layer.DepthwiseConvolution layer) {
      return depthwise(node.name(), layer, x);
    } else if (node.layer() instanceof Layer.BatchNormalization layer) {
      return norm(node.name(), layer, x, training);
    } else if (node.layer() instanceof Layer.Linear layer) {
      return linear(node.name(), layer, x);
    } else if (node.layer() instanceof Layer.Scale layer) {
      return scaled(layer.learned() ? numbers.get(node.name() + "/factor")[0] : layer.factor(), x);
    }
    return fixed(node, sources, training);
  }

  /** Layers without parameters. */
  private static Features fixed(NetworkSpec.Node node, List<Features> sources, boolean training) {
    Features x = sources.get(0);
    if (node.layer() instanceof Layer.Activation layer) {
      return activation(layer, x);
    } else if (node.layer() instanceof Layer.Pooling layer) {
      return pooling(layer, x);
    } else if (node.layer() instanceof Layer.GlobalAveragePooling) {
      return globalAverage(x);
    } else if (node.layer() instanceof Layer.Add) {
      return sum(sources);
    } else if (node.layer() instanceof Layer.Concatenation) {
      return join(sources);
    } else if (node.layer() instanceof Layer.ChannelSlice layer) {
      return slice(layer, x);
    } else if (training) {
      throw new IllegalArgumentException("training is random at " + node.name());
    }
    return x;
  }

  private Features convolution(String name, Layer.Convolution layer, Features x) {
    int padding = layer.dilation() * (layer.kernel() - 1) / 2;
    double[] weight = numbers.get(name + "/weight");
    double[] bias = layer.bias() ? numbers.get(name + "/bias") : new double[layer.outputs()];
    Features y = windows(x, layer.kernel(), layer.stride(), layer.dilation(), layer.outputs());
    for (int n = 0; n < y.batch(); n++) {
      for (int row = 0; row < y.height(); row++) {
        for (int column = 0; column < y.width(); column++) {
          for (int out = 0; out < y.channels(); out++) {
            double[] sum = {bias[out]};
            int image = n;
            int output = out;
            taps(
                x,
                layer.kernel(),
                layer.dilation(),
                row * layer.stride() - padding,
                column * layer.stride() - padding,
                (r, c, i, j) -> {
                  for (int in = 0; in < x.channels(); in++) {
                    int place =
                        ((i * layer.kernel() + j) * x.channels() + in) * y.channels() + output;
                    sum[0] += x.at(image, r, c, in) * weight[place];
                  }
                });
            y.values()[y.index(n, row, column, out)] = sum[0];
          }
        }
      }
    }
    return y;
  }

  private Features depthwise(String name, Layer.DepthwiseConvolution layer, Features x) {
    int padding = layer.dilation() * (layer.kernel() - 1) / 2;
    double[] weight = numbers.get(name + "/weight");
    Features y = windows(x, layer.kernel(), layer.stride(), layer.dilation(), x.channels());
    for (int n = 0; n < y.batch(); n++) {
      for (int row = 0; row < y.height(); row++) {
        for (int column = 0; column < y.width(); column++) {
          for (int channel = 0; channel < y.channels(); channel++) {
            double[] sum = {0};
            int image = n;
            int ch = channel;
            taps(
                x,
                layer.kernel(),
                layer.dilation(),
                row * layer.stride() - padding,
                column * layer.stride() - padding,
                (r, c, i, j) ->
                    sum[0] +=
                        x.at(image, r, c, ch)
                            * weight[(i * layer.kernel() + j) * x.channels() + ch]);
            y.values()[y.index(n, row, column, channel)] = sum[0];
          }
        }
      }
    }
    return y;
  }

  private static Features pooling(Layer.Pooling layer, Features x) {
    int padding = (layer.kernel() - 1) / 2;
    Features y = windows(x, layer.kernel(), layer.stride(), 1, x.channels());
    for (int n = 0; n < y.batch(); n++) {
      for (int row = 0; row < y.height(); row++) {
        for (int column = 0; column < y.width(); column++) {
          for (int channel = 0; channel < y.channels(); channel++) {
            List<Double> seen = new ArrayList<>();
            int image = n;
            int ch = channel;
            taps(
                x,
                layer.kernel(),
                1,
                row * layer.stride() - padding,
                column * layer.stride() - padding,
                (r, c, i, j) -> seen.add(x.at(image, r, c, ch)));
            y.values()[y.index(n, row, column, channel)] =
                layer.kind() == Layer.Pooling.Kind.MAX
                    ? seen.stream().mapToDouble(v -> v).max().orElseThrow()
                    : seen.stream().mapToDouble(v -> v).average().orElseThrow();
          }
        }
      }
    }
    return y;
  }

  /** The shape of what windows over an image give: as many as fit into the padded image. */
  private static Features windows(Features x, int kernel, int stride, int dilation, int channels) {
    int reach = dilation * (kernel - 1);
    int padding = reach / 2;
    if (kernel == 2) {
      padding = 0;
    }
    int rows = 0;
    for (int start = -padding; start + reach < x.height() + padding; start += stride) {
      rows++;
    }
    int columns = 0;
    for (int start = -padding; start + reach < x.width() + padding; start += stride) {
      columns++;
    }
    return Features.zeros(x.batch(), rows, columns, channels);
  }

  /** Visits the places of one window that are not padding. */
  private static void taps(Features x, int kernel, int dilation, int top, int left, Tap tap) {
    for (int i = 0; i < kernel; i++) {
      for (int j = 0; j < kernel; j++) {
        int row = top + i * dilation;
        int column = left + j * dilation;
        if (x.holds(row, column)) {
          tap.visit(row, column, i, j);
        }
      }
    }
  }

  private Features norm(String name, Layer.BatchNormalization layer, Features x, boolean training) {
    Features y = Features.zeros(x.batch(), x.height(), x.width(), x.channels());
    int rows = x.values().length / x.channels();
    for (int channel = 0; channel < x.channels(); channel++) {
      double mean = 0;
      double variance = 0;
      if (training) {
        for (int row = 0; row < rows; row++) {
          mean += x.values()[row * x.channels() + channel] / rows;
        }
        for (int row = 0; row < rows; row++) {
          double distance = x.values()[row * x.channels() + channel] - mean;
          variance += distance * distance / rows;
        }
      } else {
        mean = numbers.get(name + "/mean")[channel];
        variance = numbers.get(name + "/variance")[channel];
      }
      double scale = layer.affine() ? numbers.get(name + "/scale")[channel] : 1;
      double shift = layer.affine() ? numbers.get(name + "/shift")[channel] : 0;
      for (int row = 0; row < rows; row++) {
        int place = row * x.channels() + channel;
        y.values()[place] =
            (x.values()[place] - mean) / Math.sqrt(variance + layer.epsilon()) * scale + shift;
      }
    }
    return y;
  }

  private static Features activation(Layer.Activation layer, Features x) {
    Features y = Features.zeros(x.batch(), x.height(), x.width(), x.channels());
    for (int i = 0; i < x.values().length; i++) {
      double value = x.values()[i];
      y.values()[i] =
          switch (layer.function()) {
            case RELU -> Math.max(value, 0);
            case RELU6 -> Math.min(Math.max(value, 0), 6);
            case HARD_SWISH -> value * Math.min(Math.max(value + 3, 0), 6) / 6;
            case SIGMOID -> 1 / (1 + Math.exp(-value));
            case TANH -> Math.tanh(value);
          };
    }
    return y;
  }

  private static Features globalAverage(Features x) {
    Features y = Features.zeros(x.batch(), 1, 1, x.channels());
    int places = x.height() * x.width();
    for (int i = 0; i < x.values().length; i++) {
      int image = i / (places * x.channels());
      y.values()[image * x.channels() + i % x.channels()] += x.values()[i] / places;
    }
    return y;
  }

  private Features linear(String name, Layer.Linear layer, Features x) {
    double[] weight = numbers.get(name + "/weight");
    Features y = Features.zeros(x.batch(), 1, 1, layer.outputs());
    for (int image = 0; image < x.batch(); image++) {
      for (int out = 0; out < layer.outputs(); out++) {
        double sum = layer.bias() ? numbers.get(name + "/bias")[out] : 0;
        for (int in = 0; in < x.channels(); in++) {
          sum += x.at(image, 0, 0, in) * weight[in * layer.outputs() + out];
        }
        y.values()[image * layer.outputs() + out] = sum;
      }
    }
    return y;
  }

  private static Features scaled(double factor, Features x) {
    Features y = Features.zeros(x.batch(), x.height(), x.width(), x.channels());
    for (int i = 0; i < y.values().length; i++) {
      y.values()[i] = factor * x.values()[i];
    }
    return y;
  }

  private static Features sum(List<Features> sources) {
    Features first = sources.get(0);
    Features y = Features.zeros(first.batch(), first.height(), first.width(), first.channels());
    for (Features source : sources) {
      for (int i = 0; i < y.values().length; i++) {
        y.values()[i] += source.values()[i];
      }
    }
    return y;
  }

  private static Features join(List<Features> sources) {
    Features first = sources.get(0);
    int channels = sources.stream().mapToInt(Features::channels).sum();
    Features y = Features.zeros(first.batch(), first.height(), first.width(), channels);
    int from = 0;
    for (Features source : sources) {
      for (int i = 0; i < source.values().length; i++) {
        int row = i / source.channels();
        y.values()[row * channels + from + i % source.channels()] = source.values()[i];
      }
      from += source.channels();
    }
    return y;
  }

  private static Features slice(Layer.ChannelSlice layer, Features x) {
    int channels = layer.to() - layer.from();
    Features y = Features.zeros(x.batch(), x.height(), x.width(), channels);
    for (int i = 0; i < y.values().length; i++) {
      y.values()[i] = x.values()[i / channels * x.channels() + layer.from() + i % channels];
    }
    return y;
  }
}
