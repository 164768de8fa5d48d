package org.espalier.export.bench;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Adds layers to a DL4J graph; each method returns the name of what it added. */
final class Dl4jGraphBuilder {
  private static final int CLASSES = 10;

  private final GraphBuilder builder;
  private int count;

  Dl4jGraphBuilder(int side, int channels) {
    builder =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .activation(Activation.IDENTITY)
            .updater(new Nesterovs(0.01, 0.9))
            .l2(3e-4)
            .graphBuilder()
            .addInputs("images")
            .setInputTypes(InputType.convolutional(side, side, channels));
  }

  String convolution(String input, int inputs, int outputs, int kernel, int stride) {
    return layer(
        input,
        new ConvolutionLayer.Builder(kernel, kernel)
            .nIn(inputs)
            .nOut(outputs)
            .stride(stride, stride)
            .padding(kernel / 2, kernel / 2)
            .hasBias(false)
            .build());
  }

  String depthwise(String input, int channels, int stride) {
    return layer(
        input,
        new DepthwiseConvolution2D.Builder()
            .kernelSize(3, 3)
            .nIn(channels)
            .nOut(channels)
            .depthMultiplier(1)
            .stride(stride, stride)
            .padding(1, 1)
            .hasBias(false)
            .build());
  }

  String normalization(String input) {
    return layer(input, new BatchNormalization.Builder().build());
  }

  String relu(String input) {
    return layer(input, new ActivationLayer.Builder().activation(Activation.RELU).build());
  }

  String add(String left, String right) {
    String name = name();
    builder.addVertex(name, new ElementWiseVertex(ElementWiseVertex.Op.Add), left, right);
    return name;
  }

  ComputationGraphConfiguration finish(String input, int channels) {
    String pooled = layer(input, new GlobalPoolingLayer.Builder(PoolingType.AVG).build());
    String output =
        layer(
            pooled,
            new OutputLayer.Builder(LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .nIn(channels)
                .nOut(CLASSES)
                .build());
    return builder.setOutputs(output).build();
  }

  private String layer(String input, Layer layer) {
    String name = name();
    builder.addLayer(name, layer, input);
    return name;
  }

  private String name() {
    return "node" + count++;
  }
}
