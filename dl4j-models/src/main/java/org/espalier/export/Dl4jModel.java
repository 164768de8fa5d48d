package org.espalier.export;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.espalier.network.ImageShape;
import org.espalier.tensor.NativeRuntime;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A DL4J model file run by plain DL4J. Files of others are read too, if they are graphs of DL4J's
 * own layers with one input of images and one output {@code [batch, classes]}; nothing in a file is
 * deserialised as a Java object.
 */
public final class Dl4jModel implements RunnableModel {
  private static final String POM =
      "/META-INF/maven/org.deeplearning4j/deeplearning4j-nn/pom.properties";

  private final ComputationGraph graph;
  private final ImageShape image;

  private Dl4jModel(ComputationGraph graph, ImageShape image) {
    this.graph = graph;
    this.image = image;
  }

  /**
   * Opens a model.
   *
   * @param file content of the zip
   * @param image shape of the images it takes, as {@code [batch, channels, height, width]}; the
   *     file does not say
   * @throws IllegalArgumentException if it has unexpected or too large entries, names classes that
   *     are not DL4J's own, or DL4J refuses it
   */
  public static Dl4jModel open(byte[] file, ImageShape image) {
    NativeRuntime.start();
    Dl4jZip.check(file);
    ComputationGraph graph;
    try {
      graph = ModelSerializer.restoreComputationGraph(new ByteArrayInputStream(file), false);
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException("DL4J cannot open the model: " + e.getMessage(), e);
    }
    // DL4J's workspaces would stay with the thread; a proof can do without their speed.
    graph.getConfiguration().setInferenceWorkspaceMode(WorkspaceMode.NONE);
    if (graph.getNumInputArrays() != 1 || graph.getNumOutputArrays() != 1) {
      throw new IllegalArgumentException(
          "expected a DL4J model with one input and one output, got %s and %s"
              .formatted(
                  graph.getConfiguration().getNetworkInputs(),
                  graph.getConfiguration().getNetworkOutputs()));
    }
    return new Dl4jModel(graph, image);
  }

  @Override
  public float[] logits(float[] images, int count) {
    if (count < 1 || images.length != Math.multiplyExact(count, image.size())) {
      throw new IllegalArgumentException(
          "%s images %s do not have %s values".formatted(count, image, images.length));
    }
    int places = image.height() * image.width();
    float[] ordered = Kernels.channelsFirst(images, count, places, image.channels());
    try (INDArray input =
        Nd4j.create(
            ordered, new long[] {count, image.channels(), image.height(), image.width()}, 'c')) {
      return graph.outputSingle(input).dup('c').data().asFloat();
    }
  }

  @Override
  public String runtime() {
    Properties properties = new Properties();
    try (InputStream pom = ComputationGraph.class.getResourceAsStream(POM)) {
      if (pom != null) {
        properties.load(pom);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("DL4J's own jar cannot be read", e);
    }
    return "DL4J " + properties.getProperty("version", "of unknown version");
  }

  /** Nothing to free: DL4J leaves its memory to the garbage collector. */
  @Override
  public void close() {}
}
