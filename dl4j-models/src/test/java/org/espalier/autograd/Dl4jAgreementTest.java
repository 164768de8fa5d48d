package org.espalier.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.tensor.Arena;
import org.espalier.tensor.Precision;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** A network with every kind of layer, here and in DL4J's own layers, in double precision. */
class Dl4jAgreementTest {
  private static final int BATCH = 3;
  private static final int IN = 2;
  private static final int WIDTH = 4;
  private static final int CLASSES = 3;
  private static final int[] LABELS = {2, 0, 1};
  private static final double EPSILON = 1e-3;
  private static final double TOLERANCE = 1e-9;

  private static GradientCheck inputs(int kernel) {
    return GradientCheck.of(
        Shape.of(BATCH, 7, 6, IN),
        Shape.of(kernel, kernel, IN, WIDTH),
        Shape.of(WIDTH),
        Shape.of(WIDTH),
        Shape.of(3, 3, WIDTH, 1),
        Shape.of(WIDTH, CLASSES),
        Shape.of(CLASSES));
  }

  private static Variable ours(List<Variable> v, int stride, int dilation) {
    Tape tape = v.get(0).tape();
    Tensor mean = tape.allocate(Shape.of(WIDTH));
    Tensor variance = tape.allocate(Shape.of(WIDTH));
    mean.fill(0);
    variance.fill(1);
    var running = new RunningStatistics(mean, variance, 0.1);
    Variable x = Convolutions.convolution(v.get(0), v.get(1), stride, dilation);
    x = Normalizations.training(x, v.get(2), v.get(3), running, EPSILON);
    x = Convolutions.depthwise(Activations.relu(x), v.get(4), 1, 1);
    x = Poolings.average(x, 3, 1);
    x = Poolings.max(x, 3, 2);
    x = Matrices.linear(Poolings.globalAverage(x), v.get(5), v.get(6));
    return Losses.crossEntropy(x, LABELS, 0);
  }

  private static ComputationGraph theirs(int kernel, int stride, int dilation) {
    int padding = dilation * (kernel - 1) / 2;
    ComputationGraphConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .dataType(DataType.DOUBLE)
            .updater(new NoOp())
            .activation(Activation.IDENTITY)
            .graphBuilder()
            .addInputs("image")
            .setInputTypes(InputType.convolutional(7, 6, IN))
            .addLayer(
                "dense",
                new ConvolutionLayer.Builder(kernel, kernel)
                    .nOut(WIDTH)
                    .stride(stride, stride)
                    .padding(padding, padding)
                    .dilation(dilation, dilation)
                    .hasBias(false)
                    .build(),
                "image")
            .addLayer("norm", new BatchNormalization.Builder().eps(EPSILON).build(), "dense")
            .addLayer("relu", new ActivationLayer(Activation.RELU), "norm")
            .addLayer(
                "depth",
                new DepthwiseConvolution2D.Builder(3, 3)
                    .nOut(WIDTH)
                    .depthMultiplier(1)
                    .padding(1, 1)
                    .hasBias(false)
                    .build(),
                "relu")
            .addLayer("average", pooling(SubsamplingLayer.PoolingType.AVG, 1), "depth")
            .addLayer("max", pooling(SubsamplingLayer.PoolingType.MAX, 2), "average")
            .addLayer("global", new GlobalPoolingLayer(PoolingType.AVG), "max")
            .addLayer(
                "output",
                new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                    .activation(Activation.SOFTMAX)
                    .nIn(WIDTH)
                    .nOut(CLASSES)
                    .build(),
                "global")
            .setOutputs("output")
            .build();
    ComputationGraph graph = new ComputationGraph(configuration);
    graph.init();
    return graph;
  }

  private static SubsamplingLayer pooling(SubsamplingLayer.PoolingType type, int stride) {
    return new SubsamplingLayer.Builder(type, new int[] {3, 3}, new int[] {stride, stride})
        .padding(1, 1)
        .build();
  }

  private static INDArray array(Numbers numbers) {
    return Nd4j.createFromArray(numbers.values())
        .reshape('c', numbers.shape().rank() == 1 ? new int[] {1, -1} : sizes(numbers));
  }

  private static int[] sizes(Numbers numbers) {
    return numbers.shape().dimensions();
  }

  @ParameterizedTest
  @CsvSource({"3, 1, 1", "3, 2, 1", "5, 2, 1", "1, 1, 1", "3, 1, 2"})
  void lossAndGradientsEqualThoseOfDl4jLayers(int kernel, int stride, int dilation) {
    List<Numbers> numbers = inputs(kernel).numbers();
    ComputationGraph graph = theirs(kernel, stride, dilation);
    // DL4J keeps images and dense kernels with the channels first.
    graph.setParam("dense_W", array(numbers.get(1)).permute(3, 2, 0, 1));
    graph.setParam("norm_gamma", array(numbers.get(2)));
    graph.setParam("norm_beta", array(numbers.get(3)));
    graph.setParam("depth_W", array(numbers.get(4)));
    graph.setParam("output_W", array(numbers.get(5)));
    graph.setParam("output_b", array(numbers.get(6)));
    graph.setInput(0, array(numbers.get(0)).permute(0, 3, 1, 2).dup('c'));
    INDArray labels = Nd4j.zeros(DataType.DOUBLE, BATCH, CLASSES);
    for (int i = 0; i < BATCH; i++) {
      labels.putScalar(i, LABELS[i], 1);
    }
    graph.setLabels(labels);
    graph.computeGradientAndScore();

    try (Tape tape = new Tape(Arena.create(Precision.FLOAT64))) {
      List<Variable> variables =
          numbers.stream().map(n -> tape.input(n.shape(), n.values())).toList();
      Variable loss = ours(variables, stride, dilation);
      tape.backward(loss);

      assertThat(loss.value().item()).isCloseTo(graph.score(), within(TOLERANCE));
      assertGradient(variables.get(1), gradient(graph, "dense_W").permute(2, 3, 1, 0));
      assertGradient(variables.get(2), gradient(graph, "norm_gamma"));
      assertGradient(variables.get(3), gradient(graph, "norm_beta"));
      assertGradient(variables.get(4), gradient(graph, "depth_W"));
      assertGradient(variables.get(5), gradient(graph, "output_W"));
      assertGradient(variables.get(6), gradient(graph, "output_b"));
    }
  }

  private static INDArray gradient(ComputationGraph graph, String name) {
    // DL4J divides by the batch only when it updates.
    return graph.gradient().getGradientFor(name).div(BATCH);
  }

  private static void assertGradient(Variable ours, INDArray theirs) {
    assertThat(ours.gradient().toDoubles())
        .containsExactly(theirs.dup('c').reshape(-1).toDoubleVector(), within(TOLERANCE));
  }
}
