package org.espalier.export;

import java.util.List;
import onnx.Onnx;
import org.espalier.network.ImageShape;
import org.espalier.network.NetworkSpec;
import org.espalier.network.NetworkSpecs;

/**
 * Writes a network as an ONNX file: operator set 17, float32, one input {@code input}, one output
 * {@code logits} of shape {@code [batch, classes]}. Metadata say which network it is, how images
 * are laid out and whether pixels are normalised inside.
 */
public final class OnnxExport {
  /** Name of the input. */
  public static final String INPUT = NetworkSpec.INPUT;

  /** Name of the output. */
  public static final String OUTPUT = "logits";

  /** Operator set: has HardSwish (14), and runtimes from 2022 on know it. */
  private static final int OPERATOR_SET = 17;

  /** Version of the file format that came with {@link #OPERATOR_SET}. */
  private static final int FILE_FORMAT = 8;

  private OnnxExport() {}

  /** The content of the ONNX file; the same model and options give the same bytes. */
  public static byte[] bytes(TrainedModel model, OnnxOptions options) {
    return model(model, options).toByteArray();
  }

  static Onnx.ModelProto model(TrainedModel model, OnnxOptions options) {
    NetworkSpec spec = model.spec();
    OnnxGraph graph = new OnnxGraph(spec.name());
    graph.input(INPUT, inputShape(spec.input(), options));
    graph.output(
        OUTPUT,
        Onnx.TensorShapeProto.newBuilder()
            .addDim(batch(options))
            .addDim(dimension(model.classes()))
            .build());
    new OnnxLayers(
            model,
            graph,
            preparation(graph, model, options),
            OUTPUT,
            options.foldBatchNormalization())
        .translate();
    return Onnx.ModelProto.newBuilder()
        .setIrVersion(FILE_FORMAT)
        .addOpsetImport(Onnx.OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPERATOR_SET))
        .setProducerName("espalier")
        .setGraph(graph.build())
        .addMetadataProps(property("espalier.network", spec.name()))
        .addMetadataProps(property("espalier.networkHash", NetworkSpecs.hash(spec)))
        .addMetadataProps(property("espalier.layout", options.layout().name()))
        .addMetadataProps(
            property("espalier.pixels", model.normalization().isPresent() ? "plain" : "normalized"))
        .build();
  }

  /** Brings the input to normalised {@code [batch, channels, height, width]}; its value's name. */
  private static String preparation(OnnxGraph graph, TrainedModel model, OnnxOptions options) {
    String images = INPUT;
    if (options.layout() == ImageLayout.NHWC) {
      images =
          graph.node(
              "Transpose",
              INPUT + "/transpose",
              List.of(images),
              INPUT + "/transposed",
              OnnxGraph.integers("perm", 0, 3, 1, 2));
    }
    if (model.normalization().isPresent()) {
      InputNormalization pixels = model.normalization().get();
      int channels = pixels.channels();
      String factor = graph.constant(INPUT + "/factor", pixels.factors(), 1, channels, 1, 1);
      String offset = graph.constant(INPUT + "/offset", pixels.offsets(), 1, channels, 1, 1);
      images = graph.node("Mul", INPUT + "/scale", List.of(images, factor), INPUT + "/scaled");
      images = graph.node("Add", INPUT + "/shift", List.of(images, offset), INPUT + "/normalized");
    }
    return images;
  }

  private static Onnx.TensorShapeProto inputShape(ImageShape image, OnnxOptions options) {
    int[] sizes =
        options.layout() == ImageLayout.NCHW
            ? new int[] {image.channels(), image.height(), image.width()}
            : new int[] {image.height(), image.width(), image.channels()};
    Onnx.TensorShapeProto.Builder shape = Onnx.TensorShapeProto.newBuilder().addDim(batch(options));
    for (int size : sizes) {
      shape.addDim(dimension(size));
    }
    return shape.build();
  }

  private static Onnx.TensorShapeProto.Dimension batch(OnnxOptions options) {
    return options.batch().isPresent()
        ? dimension(options.batch().getAsInt())
        : Onnx.TensorShapeProto.Dimension.newBuilder().setDimParam("batch").build();
  }

  private static Onnx.TensorShapeProto.Dimension dimension(int size) {
    return Onnx.TensorShapeProto.Dimension.newBuilder().setDimValue(size).build();
  }

  private static Onnx.StringStringEntryProto property(String key, String value) {
    return Onnx.StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }
}
