package org.espalier.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.espalier.network.ImageShape;

/** Collects images one after the other into an {@link ImageDataset}. */
public final class ImageDatasetBuilder {
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  /** More than this is only allocated when the images are really there. */
  private static final int FIRST_BYTES = 1 << 26;

  private final ImageShape shape;
  private final int maxValue;
  private byte[] pixels;
  private int[] labels;
  private int size;

  /**
   * Starts an empty data set.
   *
   * @param shape of each image
   * @param maxValue largest pixel value, 1 to 255
   * @param expected how many images will probably come; only saves memory
   */
  public ImageDatasetBuilder(ImageShape shape, int maxValue, int expected) {
    if (maxValue < 1 || maxValue > 255) {
      throw new IllegalArgumentException("maxValue must be in 1..255, got " + maxValue);
    }
    this.shape = shape;
    this.maxValue = maxValue;
    int capacity = Math.max(1, Math.min(expected, FIRST_BYTES / shape.size()));
    pixels = new byte[Math.multiplyExact(capacity, shape.size())];
    labels = new int[capacity];
  }

  /** How many images were added. */
  public int size() {
    return size;
  }

  /** Shape of each image. */
  public ImageShape shape() {
    return shape;
  }

  /** A copy of the labels added so far, as they were given. */
  public int[] labels() {
    return Arrays.copyOf(labels, size);
  }

  /**
   * Adds one image.
   *
   * @param label its class, in the numbering that {@link #build} is told
   * @param image its pixels, {@code [height, width, channels]}, as unsigned bytes; copied
   * @throws IllegalArgumentException for a wrong length, a value above the largest, or more than 2
   *     GiB of pixels
   */
  public void add(int label, byte[] image) {
    if (image.length != shape.size()) {
      throw new IllegalArgumentException(
          "an image %s has %d values, got %d".formatted(shape, shape.size(), image.length));
    }
    if (maxValue < 255) {
      checkValues(image);
    }
    if (size == labels.length) {
      grow();
    }
    System.arraycopy(image, 0, pixels, size * shape.size(), image.length);
    labels[size++] = label;
  }

  /**
   * The data set of all images added; the builder is empty afterwards.
   *
   * @param classes name of each class, all different
   * @param firstLabel the number by which the labels given to {@link #add} call the first class
   * @throws IllegalArgumentException if there is no image, a name comes twice or a label has no
   *     name
   */
  public ImageDataset build(List<String> classes, int firstLabel) {
    return build(classes, IntStream.range(firstLabel, firstLabel + classes.size()).toArray());
  }

  /**
   * The data set of all images added; the builder is empty afterwards.
   *
   * @param classes name of each class, all different
   * @param numbers by which the labels given to {@link #add} call each class, ascending
   * @throws IllegalArgumentException if there is no image, a name comes twice or a label has no
   *     name
   */
  public ImageDataset build(List<String> classes, int[] numbers) {
    if (numbers.length != classes.size()) {
      throw new IllegalArgumentException(
          "%d numbers for %d classes".formatted(numbers.length, classes.size()));
    }
    if (size == 0) {
      throw new IllegalArgumentException("a data set needs at least one image");
    }
    if (classes.size() != classes.stream().distinct().count()) {
      throw new IllegalArgumentException("class names must differ, got " + classes);
    }
    byte[] allPixels = trimmed();
    int[] allLabels = Arrays.copyOf(labels, size);
    pixels = new byte[0];
    labels = new int[0];
    size = 0;
    for (int i = 0; i < allLabels.length; i++) {
      int label = Arrays.binarySearch(numbers, allLabels[i]);
      if (label < 0) {
        throw new IllegalArgumentException(
            "image %d has label %d, expected %d..%d"
                .formatted(i, allLabels[i], numbers[0], numbers[numbers.length - 1]));
      }
      allLabels[i] = label;
    }
    return new ImageDataset(shape, classes, maxValue, allPixels, allLabels);
  }

  private byte[] trimmed() {
    int length = size * shape.size();
    return length == pixels.length ? pixels : Arrays.copyOf(pixels, length);
  }

  private void checkValues(byte[] image) {
    for (int i = 0; i < image.length; i++) {
      if (Byte.toUnsignedInt(image[i]) > maxValue) {
        throw new IllegalArgumentException(
            "value %d at position %d, expected 0..%d"
                .formatted(Byte.toUnsignedInt(image[i]), i, maxValue));
      }
    }
  }

  private void grow() {
    int most = LARGEST_ARRAY / shape.size();
    if (size >= most) {
      throw new IllegalArgumentException(
          "more than %d images %s do not fit into one data set (2 GiB of pixels)"
              .formatted(most, shape));
    }
    int capacity = (int) Math.min(most, Math.max(size + 1L, size * 3L / 2));
    pixels = Arrays.copyOf(pixels, capacity * shape.size());
    labels = Arrays.copyOf(labels, capacity);
  }
}
