package org.espalier.export;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import org.espalier.network.ImageShape;
import org.espalier.tensor.NativeLibraryException;
import org.espalier.tensor.NativeRuntime;

/** An ONNX file written by {@link OnnxExport}, run by ONNX Runtime; on one thread unless told. */
public final class OnnxModel implements RunnableModel {
  /** Larger files are refused; protocol buffers end at 2 GiB. */
  static final int MAX_BYTES = 1 << 30;

  /** Values of the images of all calls together; they are held a few times. */
  private static final long MAX_VALUES = 1L << 28;

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final ImageShape image;
  private final ImageLayout layout;

  /** How many images a call takes; empty for any number. */
  private final OptionalInt fixedBatch;

  private OnnxModel(OrtEnvironment environment, OrtSession session, ImageShape image)
      throws OrtException {
    this.environment = environment;
    this.session = session;
    this.image = image;
    this.layout = layout(session);
    long batch = inputShape(session)[0];
    this.fixedBatch = batch > 0 ? OptionalInt.of(Math.toIntExact(batch)) : OptionalInt.empty();
    long[] expected = shape(image, layout, batch);
    if (!Arrays.equals(inputShape(session), expected)) {
      throw new IllegalArgumentException(
          "the ONNX model takes images %s, expected %s"
              .formatted(Arrays.toString(inputShape(session)), Arrays.toString(expected)));
    }
  }

  /**
   * Loads ONNX Runtime, and says which version it is.
   *
   * @throws NativeLibraryException if it does not load
   */
  public static String load() {
    try {
      OnnxLibraries.unpack();
      return "ONNX Runtime " + OrtEnvironment.getEnvironment().getVersion();
    } catch (LinkageError | IllegalStateException | UncheckedIOException e) {
      throw NativeLibraryException.of(
          "ONNX Runtime, which proves exports,",
          NativeRuntime.folder(),
          "set ESPALIER_CACHE to a folder on a local disk that has 1 GB free and may hold programs",
          e);
    }
  }

  /**
   * Opens a model.
   *
   * @param file content of the file
   * @param image shape of the images it takes
   * @throws IllegalArgumentException if ONNX Runtime refuses it, or it has other inputs or outputs
   *     than {@link OnnxExport} writes
   */
  public static OnnxModel open(byte[] file, ImageShape image) {
    return open(file, image, 1);
  }

  /**
   * Opens a model that computes an operation on several threads.
   *
   * @param file content of the file
   * @param image shape of the images it takes
   * @param threads at least 1
   * @throws IllegalArgumentException if ONNX Runtime refuses it, or it has other inputs or outputs
   *     than {@link OnnxExport} writes
   */
  public static OnnxModel open(byte[] file, ImageShape image, int threads) {
    if (file.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "an ONNX file of %s bytes, the limit is %s".formatted(file.length, MAX_BYTES));
    }
    OnnxLibraries.unpack();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      OrtSession session = environment.createSession(file, options);
      try {
        return new OnnxModel(environment, session, image);
      } catch (OrtException | IllegalArgumentException e) {
        session.close();
        throw e;
      }
    } catch (OrtException e) {
      throw new IllegalArgumentException(
          "ONNX Runtime cannot open the model: " + e.getMessage(), e);
    }
  }

  @Override
  public float[] logits(float[] images, int count) {
    if (count < 1 || images.length != Math.multiplyExact(count, image.size())) {
      throw new IllegalArgumentException(
          "%s images %s do not have %s values".formatted(count, image, images.length));
    }
    int batch = fixedBatch.orElse(count);
    int calls = (count - 1) / batch + 1;
    long values = (long) calls * batch * image.size();
    if (values > MAX_VALUES) {
      throw new IllegalArgumentException(
          "%s calls of %s images %s are too many values for one proof"
              .formatted(calls, batch, image));
    }
    // A model for a fixed batch gets its last one filled up with black images.
    float[] padded = Arrays.copyOf(images, (int) values);
    int size = batch * image.size();
    float[] logits = new float[0];
    for (int call = 0; call < calls; call++) {
      float[] part = run(Arrays.copyOfRange(padded, call * size, (call + 1) * size), batch);
      logits = Arrays.copyOf(logits, (call + 1) * part.length);
      System.arraycopy(part, 0, logits, call * part.length, part.length);
    }
    return Arrays.copyOf(logits, logits.length / (calls * batch) * count);
  }

  private float[] run(float[] images, int batch) {
    float[] ordered =
        layout == ImageLayout.NCHW
            ? Kernels.channelsFirst(images, batch, image.height() * image.width(), image.channels())
            : images;
    long[] shape = shape(image, layout, batch);
    try (OnnxTensor input = OnnxTensor.createTensor(environment, buffer(ordered), shape);
        OrtSession.Result result = session.run(Map.of(OnnxExport.INPUT, input))) {
      FloatBuffer output = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] logits = new float[output.remaining()];
      output.get(logits);
      return logits;
    } catch (OrtException e) {
      throw new IllegalArgumentException("ONNX Runtime cannot run the model: " + e.getMessage(), e);
    }
  }

  /**
   * Times calls with one image each, after two that are not counted.
   *
   * @param image {@code [height, width, channels]}
   * @param runs calls, at least 1
   * @param clock gives nanoseconds
   * @return microseconds of a call, on average
   */
  public double microseconds(float[] image, int runs, LongSupplier clock) {
    float[] ordered =
        layout == ImageLayout.NCHW
            ? Kernels.channelsFirst(
                image, 1, this.image.height() * this.image.width(), this.image.channels())
            : image;
    try (OnnxTensor input =
        OnnxTensor.createTensor(environment, buffer(ordered), shape(this.image, layout, 1))) {
      Map<String, OnnxTensor> inputs = Map.of(OnnxExport.INPUT, input);
      call(inputs, 2);
      long begin = clock.getAsLong();
      call(inputs, runs);
      return (clock.getAsLong() - begin) / 1e3 / runs;
    } catch (OrtException e) {
      throw new IllegalArgumentException("ONNX Runtime cannot run the model: " + e.getMessage(), e);
    }
  }

  private void call(Map<String, OnnxTensor> inputs, int runs) throws OrtException {
    for (int run = 0; run < runs; run++) {
      session.run(inputs).close();
    }
  }

  @Override
  public String runtime() {
    return load();
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime cannot close the model", e);
    }
  }

  private static long[] shape(ImageShape image, ImageLayout layout, long batch) {
    return layout == ImageLayout.NCHW
        ? new long[] {batch, image.channels(), image.height(), image.width()}
        : new long[] {batch, image.height(), image.width(), image.channels()};
  }

  private static FloatBuffer buffer(float[] values) {
    FloatBuffer buffer =
        ByteBuffer.allocateDirect(4 * values.length).order(ByteOrder.nativeOrder()).asFloatBuffer();
    return buffer.put(values).rewind();
  }

  private static ImageLayout layout(OrtSession session) throws OrtException {
    String layout = session.getMetadata().getCustomMetadata().get("espalier.layout");
    for (ImageLayout known : ImageLayout.values()) {
      if (known.name().equals(layout)) {
        return known;
      }
    }
    throw new IllegalArgumentException(
        "the ONNX model does not say how images are laid out (espalier.layout): " + layout);
  }

  private static long[] inputShape(OrtSession session) throws OrtException {
    NodeInfo input = session.getInputInfo().get(OnnxExport.INPUT);
    if (session.getNumInputs() != 1
        || session.getNumOutputs() != 1
        || input == null
        || !(input.getInfo() instanceof TensorInfo tensor)
        || tensor.getShape().length != 4) {
      throw new IllegalArgumentException(
          "expected an ONNX model with one input 'input' of four dimensions and one output, got %s and %s"
              .formatted(session.getInputInfo().keySet(), session.getOutputInfo().keySet()));
    }
    return tensor.getShape();
  }
}
