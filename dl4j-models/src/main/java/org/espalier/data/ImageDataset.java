package org.espalier.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.espalier.network.ImageShape;
import org.espalier.storage.Hashes;

/**
 * Labelled images of one shape, held as unsigned bytes: few on the heap, many in a file that is
 * mapped into memory. Immutable; made by {@link ImageDatasetBuilder} or of a file.
 */
public final class ImageDataset {
  private final ImageShape shape;
  private final List<String> classes;
  private final int maxValue;
  private final Pixels pixels;
  private final int[] labels;
  private final String fingerprint;

  /** Takes over the labels, which nobody else may hold. */
  ImageDataset(ImageShape shape, List<String> classes, int maxValue, Pixels pixels, int[] labels) {
    this.shape = shape;
    this.classes = List.copyOf(classes);
    this.maxValue = maxValue;
    this.pixels = pixels;
    this.labels = labels;
    this.fingerprint = computeFingerprint();
  }

  /**
   * Images whose pixels lie in a file, {@code [size, height, width, channels]}, and stay there. The
   * file may be closed afterwards; nobody may change it.
   *
   * @param header shape, classes and largest value
   * @param labels class of each image; copied
   * @param file that is open for reading
   * @param from its byte where the first image begins
   * @throws IllegalArgumentException if a label has no class
   * @throws IOException if the file cannot be mapped into memory
   */
  public static ImageDataset ofFile(Header header, int[] labels, FileChannel file, long from)
      throws IOException {
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= header.classes().size()) {
        throw new IllegalArgumentException(
            "image %s has label %s, expected 0..%s"
                .formatted(i, labels[i], header.classes().size() - 1));
      }
    }
    Pixels pixels = Pixels.ofFile(file, from, labels.length, header.shape().size());
    return new ImageDataset(
        header.shape(), header.classes(), header.maxValue(), pixels, labels.clone());
  }

  /**
   * What images of a set have in common.
   *
   * @param shape of each image
   * @param classes their names
   * @param maxValue largest value of a pixel, 1 to 255
   */
  public record Header(ImageShape shape, List<String> classes, int maxValue) {
    public Header {
      classes = List.copyOf(classes);
    }
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
    byte[] image = new byte[shape.size()];
    read(example, image);
    return image;
  }

  /**
   * Copies one image's pixels, {@code [height, width, channels]}, as unsigned bytes.
   *
   * @param example from 0
   * @param target of the size of an image at least; filled from its start
   */
  public void read(int example, byte[] target) {
    pixels.read(checked(example), target);
  }

  /** Gives all pixels, piece by piece, {@code [size, height, width, channels]}; read-only. */
  public void forEachPixels(Consumer<ByteBuffer> receiver) {
    pixels.forEachSegment(receiver);
  }

  /** Bytes of the heap that pixels and labels take. */
  public long heapBytes() {
    return pixels.heapBytes() + (long) Integer.BYTES * labels.length;
  }

  /**
   * The same images among more classes, or the same in another order.
   *
   * @param names of all classes there are to be
   * @throws IllegalArgumentException naming a class that is not among them
   */
  public ImageDataset among(List<String> names) {
    int[] numbers = new int[classes.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = names.indexOf(classes.get(i));
      if (numbers[i] < 0) {
        throw new IllegalArgumentException(
            "there is no class '%s', only %s".formatted(classes.get(i), String.join(", ", names)));
      }
    }
    return new ImageDataset(
        shape, names, maxValue, pixels, Arrays.stream(labels).map(i -> numbers[i]).toArray());
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

  private int checked(int example) {
    if (example < 0 || example >= labels.length) {
      throw new IndexOutOfBoundsException(
          "example %s of a data set of %s".formatted(example, labels.length));
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
    pixels.update(digest);
    ByteBuffer number = ByteBuffer.allocate(Integer.BYTES);
    for (int label : labels) {
      digest.update(number.putInt(0, label).array());
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
