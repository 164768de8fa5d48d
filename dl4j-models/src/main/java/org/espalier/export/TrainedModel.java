package org.espalier.export;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.espalier.autograd.Parameter;
import org.espalier.network.FeatureShape;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ParameterSet;
import org.espalier.network.ShapeInference;
import org.espalier.storage.Hashes;
import org.espalier.text.InputException;

/**
 * What is exported: a network, all its weights and statistics, and what happens to pixels before
 * it. Arrays have the names and layouts of the network's parameters: {@code <node>/weight} ({@code
 * [k, k, in, out]}, {@code [k, k, c, 1]} or {@code [in, out]}), {@code <node>/bias}, {@code
 * <node>/scale}, {@code <node>/shift}, {@code <node>/mean}, {@code <node>/variance}.
 */
public final class TrainedModel {
  private final NetworkSpec spec;
  private final Map<String, FeatureShape> shapes;
  private final Map<String, float[]> arrays;
  private final Optional<InputNormalization> normalization;
  private final List<String> classNames;
  private final String producerVersion;

  private TrainedModel(
      NetworkSpec spec,
      Map<String, FeatureShape> shapes,
      Map<String, float[]> arrays,
      Optional<InputNormalization> normalization,
      List<String> classNames,
      String producerVersion) {
    this.spec = spec;
    this.shapes = shapes;
    this.arrays = arrays;
    this.normalization = normalization;
    this.classNames = classNames;
    this.producerVersion = producerVersion;
  }

  /**
   * A model that takes its images as the network does, already normalised. Values are copied.
   *
   * @param parameters all weights and statistics of a network
   * @throws IllegalArgumentException if a value is not finite or a variance negative, naming it
   */
  public static TrainedModel of(ParameterSet parameters) {
    Map<String, float[]> arrays = new HashMap<>();
    for (Parameter parameter : parameters.parameters()) {
      arrays.put(parameter.name(), checked(parameter.name(), parameter.value().toFloats()));
    }
    for (String buffer : parameters.bufferNames()) {
      arrays.put(buffer, checked(buffer, parameters.buffer(buffer).toFloats()));
    }
    NetworkSpec spec = parameters.spec();
    return new TrainedModel(
        spec, ShapeInference.infer(spec), arrays, Optional.empty(), List.of(), "");
  }

  /**
   * The same model taking plain pixels.
   *
   * @param pixels what to do to them before the first layer
   * @throws IllegalArgumentException if it has another number of channels than the images
   */
  public TrainedModel withNormalization(InputNormalization pixels) {
    if (pixels.channels() != spec.input().channels()) {
      throw new IllegalArgumentException(
          "network '%s' takes images %s, the normalisation has %s channels"
              .formatted(spec.name(), spec.input(), pixels.channels()));
    }
    return new TrainedModel(spec, shapes, arrays, Optional.of(pixels), classNames, producerVersion);
  }

  /**
   * The same model, which says what its classes are called.
   *
   * @param names one a logit, in their order
   * @throws IllegalArgumentException if there are more or fewer than logits
   */
  public TrainedModel withClassNames(List<String> names) {
    if (names.size() != classes()) {
      throw new IllegalArgumentException(
          "network '%s' tells %s classes apart, got the names of %s"
              .formatted(spec.name(), classes(), names.size()));
    }
    return new TrainedModel(
        spec, shapes, arrays, normalization, List.copyOf(names), producerVersion);
  }

  /** The same model, which says which version of the program wrote it. */
  public TrainedModel withProducerVersion(String version) {
    return new TrainedModel(spec, shapes, arrays, normalization, classNames, version);
  }

  /** The network. */
  public NetworkSpec spec() {
    return spec;
  }

  /** What happens to pixels before the first layer; empty if images come normalised. */
  public Optional<InputNormalization> normalization() {
    return normalization;
  }

  /** What the classes are called, in the order of the logits; empty if that is not known. */
  public List<String> classNames() {
    return classNames;
  }

  /** Version of the program that writes it; empty if that is not known. */
  public String producerVersion() {
    return producerVersion;
  }

  /** SHA-256 of all weights and statistics, in hexadecimal digits. */
  String weightsHash() {
    MessageDigest digest = Hashes.sha256();
    new TreeMap<>(arrays)
        .forEach(
            (name, values) -> {
              digest.update(name.getBytes(StandardCharsets.UTF_8));
              ByteBuffer bytes =
                  ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
              bytes.asFloatBuffer().put(values);
              digest.update(bytes);
            });
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Number of logits an image. */
  public int classes() {
    return shape(lastNode().name()).channels();
  }

  /** Whether there is anything that was learned. */
  boolean hasParameters() {
    return !arrays.isEmpty();
  }

  NetworkSpec.Node lastNode() {
    return spec.nodes().get(spec.nodes().size() - 1);
  }

  /** Shape of what a node gives. */
  FeatureShape shape(String node) {
    return shapes.get(node);
  }

  /** Channels of what a node reads. */
  int inputChannels(NetworkSpec.Node node) {
    return shape(node.inputs().get(0)).channels();
  }

  /** The values of a parameter or a statistic; not to be written to. */
  float[] array(String name) {
    return arrays.get(name);
  }

  private static float[] checked(String name, float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i]) || (values[i] < 0 && name.endsWith("/variance"))) {
        throw new InputException(
            "'%s' has the value %s at %s, which cannot be exported".formatted(name, values[i], i));
      }
    }
    return values;
  }
}
