package org.espalier.export;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.espalier.network.Layer.BatchNormalization;
import org.espalier.network.Layer.Convolution;
import org.espalier.network.Layer.DepthwiseConvolution;
import org.espalier.network.Layer.Linear;
import org.espalier.network.Layer.Scale;
import org.espalier.network.NetworkSpec;
import org.espalier.text.InputException;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Writes a network as a DL4J model file that plain DL4J reads with {@code
 * ModelSerializer.restoreComputationGraph}, no class of ours needed: a zip of {@code
 * configuration.json} and {@code coefficients.bin}. Takes {@code [batch, channels, height, width]},
 * gives logits {@code [batch, classes]}. {@link Dl4jGraph} says which DL4J layers stand for ours.
 */
public final class Dl4jExport {
  /** Zip entries need a time; a constant makes equal models equal files. */
  private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private Dl4jExport() {}

  /**
   * The content of the model file; the same model gives the same bytes.
   *
   * @throws InputException if it has no parameters at all: DL4J cannot read such a file
   */
  public static byte[] bytes(TrainedModel model) {
    if (!model.hasParameters()) {
      throw new InputException(
          "network '%s' has no parameters, which DL4J's files do not allow for"
              .formatted(model.spec().name()));
    }
    ComputationGraph graph = graph(model, Dl4jGraph.Head.LOGITS);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(entry(ModelSerializer.CONFIGURATION_JSON));
      zip.write(graph.getConfiguration().toJson().getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
      zip.putNextEntry(entry(ModelSerializer.COEFFICIENTS_BIN));
      DataOutputStream coefficients = new DataOutputStream(zip);
      Nd4j.write(graph.params(), coefficients);
      coefficients.flush();
      zip.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The network with its weights as a DL4J graph in memory, to run or to train by DL4J. */
  public static ComputationGraph graph(TrainedModel model, Dl4jGraph.Head head) {
    ComputationGraph graph =
        new ComputationGraph(
            Dl4jGraph.configuration(constantScales(model), head, model.normalization()));
    graph.init();
    model
        .normalization()
        .ifPresent(
            pixels -> {
              Target target = new Target(graph, Dl4jGraph.NORMALIZATION);
              target.set("W", pixels.factors(), 1, 1, pixels.channels(), 1);
              target.set("b", pixels.offsets(), pixels.channels());
            });
    model.spec().nodes().forEach(node -> set(graph, model, node));
    return graph;
  }

  /** DL4J multiplies by numbers of its configuration alone: learned ones become that. */
  private static NetworkSpec constantScales(TrainedModel model) {
    NetworkSpec spec = model.spec();
    List<NetworkSpec.Node> nodes = new ArrayList<>();
    for (NetworkSpec.Node node : spec.nodes()) {
      boolean learned = node.layer() instanceof Scale scale && scale.learned();
      nodes.add(
          learned
              ? new NetworkSpec.Node(
                  node.name(), Scale.by(model.array(node.name() + "/factor")[0]), node.inputs())
              : node);
    }
    return new NetworkSpec(spec.name(), spec.input(), nodes);
  }

  private static void set(ComputationGraph graph, TrainedModel model, NetworkSpec.Node node) {
    String name = node.name();
    Target target = new Target(graph, name);
    int channels = model.inputChannels(node);
    if (node.layer() instanceof Convolution convolution) {
      int side = Kernels.spreadSide(convolution.kernel(), convolution.dilation());
      float[] weights =
          Kernels.spread(
              model.array(name + "/weight"), convolution.kernel(), convolution.dilation());
      int outputs = convolution.outputs();
      float[] turned = Kernels.outputsFirst(weights, side, channels, outputs);
      target.set("W", turned, outputs, channels, side, side);
      if (convolution.bias()) {
        target.set("b", model.array(name + "/bias"), outputs);
      }
    } else if (node.layer() instanceof DepthwiseConvolution convolution) {
      int side = Kernels.spreadSide(convolution.kernel(), convolution.dilation());
      float[] weights =
          Kernels.spread(
              model.array(name + "/weight"), convolution.kernel(), convolution.dilation());
      target.set("W", weights, side, side, channels, 1);
    } else if (node.layer() instanceof Linear linear) {
      target.set("W", model.array(name + "/weight"), channels, linear.outputs());
      if (linear.bias()) {
        target.set("b", model.array(name + "/bias"), linear.outputs());
      }
    } else if (node.layer() instanceof BatchNormalization normalization) {
      if (normalization.affine()) {
        target.set("gamma", model.array(name + "/scale"), channels);
        target.set("beta", model.array(name + "/shift"), channels);
      }
      target.set("mean", model.array(name + "/mean"), channels);
      target.set("var", model.array(name + "/variance"), channels);
    }
  }

  /** A vertex whose parameters are set. */
  private record Target(ComputationGraph graph, String vertex) {
    void set(String parameter, float[] values, long... shape) {
      INDArray array = graph.getLayer(vertex).getParam(parameter);
      // DL4J keeps some rows as vectors and others as matrices of one row.
      if (shape.length == 1 && Arrays.equals(array.shape(), new long[] {1, shape[0]})) {
        array = array.reshape(shape);
      }
      if (!Arrays.equals(array.shape(), shape)) {
        throw new IllegalStateException(
            "DL4J keeps '%s' of layer '%s' as %s, expected %s"
                .formatted(
                    parameter, vertex, Arrays.toString(array.shape()), Arrays.toString(shape)));
      }
      array.assign(Nd4j.createFromArray(values).reshape('c', shape));
    }
  }

  private static ZipEntry entry(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(ENTRY_TIME);
    return entry;
  }
}
