package org.espalier.network;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.espalier.autograd.Parameter;
import org.espalier.storage.Archive;
import org.espalier.storage.ArchiveException;
import org.espalier.tensor.Precision;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.espalier.text.InputException;

/**
 * The learned parameters of a network and its buffers, the running statistics of batch norm. They
 * lie in flat tensors outside the Java heap, for updaters, and can be read and set as one {@code
 * float[]}, for the wire. Belongs to one thread; {@link #close} frees it.
 *
 * <p>Names are {@code node/weight}, {@code node/bias}, {@code node/scale}, {@code node/shift}, and
 * for buffers {@code node/mean}, {@code node/variance}. Weights are {@code [kernel, kernel, inputs,
 * outputs]} for convolutions, {@code [kernel, kernel, channels, 1]} for depthwise ones and {@code
 * [inputs, outputs]} for linear layers. Weight decay applies to weights only, not to biases nor to
 * batch norm.
 */
public final class ParameterSet implements LayerParameters, AutoCloseable {
  /** The kind of archive that {@link #toArchive} makes. */
  public static final String ARCHIVE_KIND = "weights";

  private final NetworkSpec spec;
  private final ParameterLayout layout;
  private final Tensor values;
  private final Tensor gradients;
  private final Tensor bufferValues;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final Map<String, Tensor> buffers = new LinkedHashMap<>();

  private ParameterSet(NetworkSpec spec, Precision precision) {
    this.spec = spec;
    this.layout = ParameterLayout.of(spec);
    this.values = Tensor.persistent(precision, flat(layout.size()));
    this.gradients = Tensor.persistent(precision, flat(layout.size()));
    this.bufferValues = Tensor.persistent(precision, flat(layout.bufferSize()));
    for (ParameterLayout.Piece piece : layout.parameters()) {
      parameters.put(
          piece.name(),
          new Parameter(
              piece.name(),
              values.slice(piece.start(), piece.shape()),
              gradients.slice(piece.start(), piece.shape()),
              piece.role().decays()));
    }
    for (ParameterLayout.Piece piece : layout.buffers()) {
      buffers.put(piece.name(), bufferValues.slice(piece.start(), piece.shape()));
    }
  }

  private static Shape flat(long size) {
    if (size > Integer.MAX_VALUE) {
      throw new InputException(
          "%s parameters are more than one set can hold, %s".formatted(size, Integer.MAX_VALUE));
    }
    return Shape.of(Math.max(1, (int) size));
  }

  /**
   * Float32 parameters of a network, all zero.
   *
   * @throws IllegalArgumentException if its layers do not fit: {@link ShapeInference}
   */
  public static ParameterSet allocate(NetworkSpec spec) {
    return allocate(spec, Precision.FLOAT32);
  }

  /**
   * Parameters of a network, all zero.
   *
   * @throws IllegalArgumentException if its layers do not fit: {@link ShapeInference}
   */
  public static ParameterSet allocate(NetworkSpec spec, Precision precision) {
    return new ParameterSet(spec, precision);
  }

  /**
   * Sets first values: convolutions normal with variance 2 / fan-out (He et al., 2015, equation
   * 14), linear layers uniform within 1 / sqrt(inputs), batch norm scale 1 and shift 0; running
   * means 0 and variances 1.
   *
   * @param random drawn from in the order of the nodes; equal generators give equal bits
   */
  public ParameterSet initialise(RandomGenerator random) {
    for (ParameterLayout.Piece piece : layout.parameters()) {
      parameters.get(piece.name()).value().set(Initializers.values(piece, random));
    }
    for (ParameterLayout.Piece piece : layout.buffers()) {
      buffers.get(piece.name()).set(Initializers.values(piece, random));
    }
    return this;
  }

  @Override
  public NetworkSpec spec() {
    return spec;
  }

  /** How the numbers are kept. */
  public Precision precision() {
    return values.precision();
  }

  /** All parameters, in the order of the nodes. */
  public List<Parameter> parameters() {
    return List.copyOf(parameters.values());
  }

  /**
   * One parameter.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public Parameter parameter(String name) {
    Parameter parameter = parameters.get(name);
    if (parameter == null) {
      throw new IllegalArgumentException(
          "network '%s' has no parameter '%s'".formatted(spec.name(), name));
    }
    return parameter;
  }

  @Override
  public Source source(String name) {
    Parameter parameter = parameter(name);
    return (tape, trained) -> trained ? tape.use(parameter) : tape.constant(parameter.value());
  }

  /** The names of all buffers, in the order of the nodes. */
  public List<String> bufferNames() {
    return List.copyOf(buffers.keySet());
  }

  @Override
  public Tensor buffer(String name) {
    Tensor buffer = buffers.get(name);
    if (buffer == null) {
      throw new IllegalArgumentException(
          "network '%s' has no buffer '%s'".formatted(spec.name(), name));
    }
    return buffer;
  }

  /**
   * The tensor that all parameters are slices of, for updaters. Slices are padded to multiples of
   * 16 numbers; padding is zero, and so is its gradient.
   */
  public Tensor flatValues() {
    return values;
  }

  /** The gradients, laid out as {@link #flatValues}. */
  public Tensor flatGradients() {
    return gradients;
  }

  /** How many numbers at the start of {@link #flatValues} weight decay applies to. */
  public long decayingSize() {
    return layout.decaying();
  }

  /** Forgets all gradients, before a step. */
  public void clearGradients() {
    parameters.values().forEach(Parameter::clearGradient);
  }

  /**
   * Makes {@link #flatGradients} true as a whole, after a backward pass: parameters that no
   * gradient has reached get zeros.
   */
  public void zeroUntouchedGradients() {
    for (Parameter parameter : parameters.values()) {
      if (!parameter.touched()) {
        parameter.gradient().fill(0);
      }
    }
  }

  /** Number of parameters, padding not counted: the length of {@link #values}. */
  public int size() {
    return layout.parameters().stream().mapToInt(ParameterLayout.Piece::length).sum();
  }

  /** Number of buffer values: the length of {@link #buffers}. */
  public int bufferSize() {
    return layout.buffers().stream().mapToInt(ParameterLayout.Piece::length).sum();
  }

  /** A copy of all parameters, one after the other in the order of the nodes. */
  public float[] values() {
    return gather(values, layout.parameters(), size());
  }

  /**
   * Sets all parameters.
   *
   * @param newValues as {@link #values} gives them
   */
  public void setValues(float[] newValues) {
    scatter(newValues, values, layout.parameters(), size());
  }

  /** A copy of all gradients, in the order of {@link #values}; zero where none has arrived. */
  public float[] gradients() {
    zeroUntouchedGradients();
    return gather(gradients, layout.parameters(), size());
  }

  /** A copy of all buffers, one after the other in the order of the nodes. */
  public float[] buffers() {
    return gather(bufferValues, layout.buffers(), bufferSize());
  }

  /**
   * Sets all buffers.
   *
   * @param newValues as {@link #buffers} gives them
   */
  public void setBuffers(float[] newValues) {
    scatter(newValues, bufferValues, layout.buffers(), bufferSize());
  }

  /** All parameters and buffers by name, in float32, with the hash of the network. */
  public Archive toArchive() {
    ObjectNode header = JsonNodeFactory.instance.objectNode();
    header.put("network", spec.name());
    header.put("networkHash", NetworkSpecs.hash(spec));
    Archive.Builder archive = Archive.builder(ARCHIVE_KIND).header(header);
    parameters.forEach((name, parameter) -> archive.floats(name, parameter.value().toFloats()));
    buffers.forEach((name, buffer) -> archive.floats(name, buffer.toFloats()));
    return archive.build();
  }

  /**
   * Allocates float32 parameters and fills them from an archive.
   *
   * @throws ArchiveException as {@link #load}
   */
  public static ParameterSet fromArchive(NetworkSpec spec, Archive archive) {
    ParameterSet set = allocate(spec);
    try {
      set.load(archive);
    } catch (ArchiveException e) {
      set.close();
      throw e;
    }
    return set;
  }

  /**
   * Sets all parameters and buffers from an archive. Nothing changes if it does not fit.
   *
   * @throws ArchiveException if it holds no weights, those of another network, or not all of them
   */
  public void load(Archive archive) {
    ObjectNode header = archive.require(ARCHIVE_KIND).header();
    String hash = NetworkSpecs.hash(spec);
    if (!header.path("networkHash").asText().equals(hash)) {
      throw new ArchiveException(
          archive.where(),
          "holds weights of network '%s' with hash %s, expected '%s' with hash %s"
              .formatted(
                  header.path("network").asText(),
                  header.path("networkHash").asText(),
                  spec.name(),
                  hash));
    }
    Map<String, float[]> read = new LinkedHashMap<>();
    List<ParameterLayout.Piece> pieces = new ArrayList<>(layout.parameters());
    pieces.addAll(layout.buffers());
    for (ParameterLayout.Piece piece : pieces) {
      float[] block = archive.floats(piece.name());
      if (block.length != piece.length()) {
        throw new ArchiveException(
            archive.where(),
            "'%s' has %s values, expected %s for shape %s"
                .formatted(piece.name(), block.length, piece.length(), piece.shape()));
      }
      read.put(piece.name(), block);
    }
    parameters.forEach((name, parameter) -> parameter.value().set(read.get(name)));
    buffers.forEach((name, buffer) -> buffer.set(read.get(name)));
  }

  /** Frees the tensors; neither they nor their slices may be used any more. */
  @Override
  public void close() {
    values.close();
    gradients.close();
    bufferValues.close();
  }

  private static float[] gather(Tensor flat, List<ParameterLayout.Piece> pieces, int size) {
    float[] padded = flat.toFloats();
    float[] result = new float[size];
    int next = 0;
    for (ParameterLayout.Piece piece : pieces) {
      System.arraycopy(padded, (int) piece.start(), result, next, piece.length());
      next += piece.length();
    }
    return result;
  }

  private static void scatter(
      float[] source, Tensor flat, List<ParameterLayout.Piece> pieces, int size) {
    if (source.length != size) {
      throw new IllegalArgumentException(
          "expected %s values, got %s".formatted(size, source.length));
    }
    float[] padded = new float[(int) flat.size()];
    int next = 0;
    for (ParameterLayout.Piece piece : pieces) {
      System.arraycopy(source, next, padded, (int) piece.start(), piece.length());
      next += piece.length();
    }
    flat.set(padded);
  }
}
