package org.espalier.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.espalier.network.ImageShape;

/**
 * Collects images one after the other into an {@link ImageDataset}. Pixels of more than 64 MiB go
 * into a file of the temporary folder ({@code java.io.tmpdir}), which goes with the data set.
 */
public final class ImageDatasetBuilder {
  /** What pixels may take of the heap. */
  private static final int MOST_HEAP_BYTES = 1 << 26;

  private static final int MOST_IMAGES = Integer.MAX_VALUE - 8;

  private final ImageShape shape;
  private final int maxValue;
  private final int mostOnHeap;
  private final Path spillFolder;
  private Optional<PixelSpill> spill = Optional.empty();
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
    this(shape, maxValue, expected, MOST_HEAP_BYTES, Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** With another limit for the heap, in bytes, and another folder for what passes it. */
  ImageDatasetBuilder(
      ImageShape shape, int maxValue, int expected, int mostHeapBytes, Path spillFolder) {
    if (maxValue < 1 || maxValue > 255) {
      throw new IllegalArgumentException("maxValue must be in 1..255, got " + maxValue);
    }
    this.shape = shape;
    this.maxValue = maxValue;
    this.mostOnHeap = mostHeapBytes / shape.size();
    this.spillFolder = spillFolder;
    int capacity = Math.max(1, Math.min(expected, mostOnHeap));
    pixels = new byte[Math.multiplyExact(Math.min(capacity, mostOnHeap), shape.size())];
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
   * @throws IllegalArgumentException for a wrong length, a value above the largest, or more than
   *     2,147,483,639 images
   * @throws DataStorageException if the temporary folder cannot hold the pixels
   */
  public void add(int label, byte[] image) {
    if (image.length != shape.size()) {
      throw new IllegalArgumentException(
          "an image %s has %s values, got %s".formatted(shape, shape.size(), image.length));
    }
    if (maxValue < 255) {
      checkValues(image);
    }
    if (size == labels.length) {
      labels = Arrays.copyOf(labels, grown(MOST_IMAGES));
    }
    if (size < mostOnHeap) {
      if (size * shape.size() == pixels.length) {
        pixels = Arrays.copyOf(pixels, grown(mostOnHeap) * shape.size());
      }
      System.arraycopy(image, 0, pixels, size * shape.size(), image.length);
    } else {
      if (spill.isEmpty()) {
        spill = Optional.of(spilled());
      }
      spill.get().append(image, 0, image.length);
    }
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
          "%s numbers for %s classes".formatted(numbers.length, classes.size()));
    }
    if (size == 0) {
      throw new IllegalArgumentException("a data set needs at least one image");
    }
    if (classes.size() != classes.stream().distinct().count()) {
      throw new IllegalArgumentException("class names must differ, got " + classes);
    }
    int[] allLabels = Arrays.copyOf(labels, size);
    Pixels allPixels = finished();
    for (int i = 0; i < allLabels.length; i++) {
      int label = Arrays.binarySearch(numbers, allLabels[i]);
      if (label < 0) {
        throw new IllegalArgumentException(
            "image %s has label %s, expected %s..%s"
                .formatted(i, allLabels[i], numbers[0], numbers[numbers.length - 1]));
      }
      allLabels[i] = label;
    }
    return new ImageDataset(shape, classes, maxValue, allPixels, allLabels);
  }

  private Pixels finished() {
    Pixels all =
        spill
            .map(file -> file.finish(size, shape.size()))
            .orElseGet(() -> Pixels.ofHeap(trimmed(), shape.size()));
    spill = Optional.empty();
    pixels = new byte[0];
    labels = new int[0];
    size = 0;
    return all;
  }

  private byte[] trimmed() {
    int length = size * shape.size();
    return length == pixels.length ? pixels : Arrays.copyOf(pixels, length);
  }

  /** A file with all pixels so far, which leave the heap. */
  private PixelSpill spilled() {
    PixelSpill file = PixelSpill.create(spillFolder);
    file.append(pixels, 0, size * shape.size());
    pixels = new byte[0];
    return file;
  }

  private void checkValues(byte[] image) {
    for (int i = 0; i < image.length; i++) {
      if (Byte.toUnsignedInt(image[i]) > maxValue) {
        throw new IllegalArgumentException(
            "value %s at position %s, expected 0..%s"
                .formatted(Byte.toUnsignedInt(image[i]), i, maxValue));
      }
    }
  }

  private int grown(int most) {
    if (size >= most) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "more than %,d images do not fit into one data set", most));
    }
    return (int) Math.min(most, Math.max(size + 1L, size * 3L / 2));
  }
}
