package org.espalier.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.espalier.network.ImageShape;
import org.espalier.storage.Hashes;

/**
 * Labelled images of one shape, held as unsigned bytes. Immutable; made by {@link
 * ImageDatasetBuilder}.
 */
public final class ImageDataset {
  private final ImageShape shape;
  private final List<String> classes;
  private final int maxValue;
  private final byte[] pixels;
  private final int[] labels;
  private final String fingerprint;

  /** Takes over the arrays, which nobody else may hold. */
  ImageDataset(ImageShape shape, List<String> classes, int maxValue, byte[] pixels, int[] labels) {
    this.shape = shape;
    this.classes = List.copyOf(classes);
    this.maxValue = maxValue;
    this.pixels = pixels;
    this.labels = labels;
    this.fingerprint = computeFingerprint();
  }

  /** Shape of each image, {@code [height, width, channels]}. */
  public ImageShape shape() {
    return shape;
  }

  /** Names of the classes; label {@code i} means the {@code i}-th name. */
  public List<String> classes() {
    return classes;
  }

  /** The largest value a pixel can have, 1 to 255: white. */
  public int maxValue() {
    return maxValue;
  }

  /** How many images there are. */
  public int size() {
    return labels.length;
  }

  /** Class of one image, from 0. */
  public int label(int example) {
    return labels[example];
  }

  /** A copy of all labels, in the order of the images. */
  public int[] labels() {
    return labels.clone();
  }

  /** A copy of one image's pixels, {@code [height, width, channels]}, as unsigned bytes. */
  public byte[] image(int example) {
    int from = Math.multiplyExact(checked(example), shape.size());
    return Arrays.copyOfRange(pixels, from, from + shape.size());
  }

  /** All pixels, {@code [size, height, width, channels]}, as unsigned bytes; read-only. */
  public ByteBuffer pixels() {
    return ByteBuffer.wrap(pixels).asReadOnlyBuffer();
  }

  /** How many of the given examples each class has. */
  public int[] classCounts(int[] examples) {
    int[] counts = new int[classes.size()];
    for (int example : examples) {
      counts[labels[example]]++;
    }
    return counts;
  }

  /**
   * SHA-256, as 64 hexadecimal digits, over shape, classes, largest value, pixels and labels: equal
   * for equal data, wherever they came from.
   */
  public String fingerprint() {
    return fingerprint;
  }

  /** The array itself, for the drawing of batches. */
  byte[] rawPixels() {
    return pixels;
  }

  private int checked(int example) {
    if (example < 0 || example >= labels.length) {
      throw new IndexOutOfBoundsException(
          "example %d of a data set of %d".formatted(example, labels.length));
    }
    return example;
  }

  private String computeFingerprint() {
    MessageDigest digest = Hashes.sha256();
    ByteBuffer sizes = ByteBuffer.allocate(6 * Integer.BYTES);
    sizes.putInt(shape.height()).putInt(shape.width()).putInt(shape.channels());
    sizes.putInt(maxValue).putInt(classes.size()).putInt(labels.length);
    digest.update(sizes.array());
    for (String name : classes) {
      byte[] text = name.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(text.length).flip());
      digest.update(text);
    }
    digest.update(pixels);
    ByteBuffer numbers = ByteBuffer.allocate(labels.length * Integer.BYTES);
    numbers.asIntBuffer().put(labels);
    digest.update(numbers);
    return HexFormat.of().formatHex(digest.digest());
  }
}
