package org.espalier.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import onnx.Onnx;
import org.espalier.network.ImageShape;
import org.espalier.network.NetworkSpec;
import org.espalier.network.NetworkSpecs;

/**
 * Writes a network as an ONNX file: float32, one input {@code input}, one output {@code logits} of
 * shape {@code [batch, classes]}. Metadata say which network it is, what its classes are called,
 * and what images it takes.
 */
public final class OnnxExport {
  /** Name of the input. */
  public static final String INPUT = NetworkSpec.INPUT;

  /** Name of the output. */
  public static final String OUTPUT = "logits";

  private OnnxExport() {}

  /** The content of the ONNX file; the same model and options give the same bytes. */
  public static byte[] bytes(TrainedModel model, OnnxOptions options) {
    return model(model, options).toByteArray();
  }

  /**
   * Whether each layer of a network that takes time is computed once where a file is run. Sums
   * leave out terms that are zeros, and with them what nothing else reads; and runtimes compute
   * equal poolings of the same features once.
   */
  public static boolean computesEachLayer(NetworkSpec spec) {
    return Needed.of(spec).eachOnce(spec);
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
    new OnnxLayers(model, graph, preparation(graph, model, options), OUTPUT, options).translate();
    Onnx.ModelProto.Builder file =
        Onnx.ModelProto.newBuilder()
            .setIrVersion(fileFormat(options.operatorSet()))
            .addOpsetImport(
                Onnx.OperatorSetIdProto.newBuilder()
                    .setDomain("")
                    .setVersion(options.operatorSet()))
            .setProducerName("espalier")
            .setProducerVersion(model.producerVersion())
            .setDocString(input(model, options))
            .setGraph(graph.build());
    if (!model.classNames().isEmpty()) {
      file.addMetadataProps(property("espalier.classes", names(model.classNames())));
    }
    file.addMetadataProps(property("espalier.network", spec.name()))
        .addMetadataProps(property("espalier.networkHash", NetworkSpecs.hash(spec)))
        .addMetadataProps(property("espalier.layout", options.layout().name()))
        .addMetadataProps(
            property(
                "espalier.pixels", model.normalization().isPresent() ? "plain" : "normalized"));
    model
        .normalization()
        .ifPresent(
            pixels ->
                file.addMetadataProps(property("espalier.maxValue", number(pixels.maxValue()))));
    return file.addMetadataProps(property("espalier.input", input(model, options)))
        .addMetadataProps(property("espalier.weightsHash", model.weightsHash()))
        .build();
  }

  /** Version of the file format that came with an operator set. */
  private static int fileFormat(int operatorSet) {
    if (operatorSet == 11) {
      return 6;
    }
    return operatorSet < 15 ? 7 : 8;
  }

  /** A JSON array, as names may have any characters. */
  private static String names(List<String> classes) {
    try {
      return new ObjectMapper().writeValueAsString(classes);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("names are plain data", e);
    }
  }

  /** What to put in and what comes out, for people. */
  private static String input(TrainedModel model, OnnxOptions options) {
    ImageShape image = model.spec().input();
    String colours =
        switch (image.channels()) {
          case 1 -> "grey";
          case 3 -> "red, green, blue";
          default -> "in the order of the training images";
        };
    String order =
        options.layout() == ImageLayout.NCHW
            ? "[batch, channels, height, width]"
            : "[batch, height, width, channels]";
    String values =
        model
            .normalization()
            .map(
                pixels ->
                    "pixels from 0 to %s as they are; the model itself subtracts the means %s and divides by the deviations %s (of pixels divided by %s)"
                        .formatted(
                            number(pixels.maxValue()),
                            pixels.mean(),
                            pixels.deviation(),
                            number(pixels.maxValue())))
            .orElse("pixels normalised as for training");
    return "Takes images of %s rows, %s columns and %s channels (%s) as %s, float32: %s. Gives one logit a class; softmax makes probabilities of them."
        .formatted(image.height(), image.width(), image.channels(), colours, order, values);
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
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

  static Onnx.TensorShapeProto.Dimension batch(OnnxOptions options) {
    return options.batch().isPresent()
        ? dimension(options.batch().getAsInt())
        : Onnx.TensorShapeProto.Dimension.newBuilder().setDimParam("batch").build();
  }

  static Onnx.TensorShapeProto.Dimension dimension(int size) {
    return Onnx.TensorShapeProto.Dimension.newBuilder().setDimValue(size).build();
  }

  private static Onnx.StringStringEntryProto property(String key, String value) {
    return Onnx.StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }
}
