package org.espalier.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The pixels of many images of one size, as unsigned bytes: on the heap, or in a file that is
 * mapped into memory, where they take none of the heap and processes of one machine share them.
 * Immutable; for any number of threads.
 */
final class Pixels {
  /** A buffer holds whole images, and can hold 2 GiB. */
  private static final int SEGMENT_BYTES = 1 << 30;

  private final int imageBytes;
  private final int imagesPerSegment;
  private final List<ByteBuffer> segments;

  private Pixels(int imageBytes, int imagesPerSegment, List<ByteBuffer> segments) {
    this.imageBytes = imageBytes;
    this.imagesPerSegment = imagesPerSegment;
    this.segments = List.copyOf(segments);
  }

  /**
   * Pixels on the heap.
   *
   * @param pixels of all images; taken over, nobody else may hold them
   * @param imageBytes bytes of each image
   */
  static Pixels ofHeap(byte[] pixels, int imageBytes) {
    return new Pixels(
        imageBytes, Math.max(1, pixels.length / imageBytes), List.of(ByteBuffer.wrap(pixels)));
  }

  /**
   * Pixels in a file, which may be closed, and even deleted, afterwards.
   *
   * @param file that nobody changes any more
   * @param from its byte where the first image begins
   * @param size how many images
   * @param imageBytes bytes of each image
   */
  static Pixels ofFile(FileChannel file, long from, int size, int imageBytes) throws IOException {
    return ofFile(file, from, size, imageBytes, SEGMENT_BYTES);
  }

  /** With buffers of at most so many bytes, or of one image. */
  static Pixels ofFile(FileChannel file, long from, int size, int imageBytes, int segmentBytes)
      throws IOException {
    int perSegment = Math.max(1, segmentBytes / imageBytes);
    List<ByteBuffer> segments = new ArrayList<>();
    for (int first = 0; first < size; first += perSegment) {
      long bytes = (long) Math.min(perSegment, size - first) * imageBytes;
      long at = from + (long) first * imageBytes;
      segments.add(file.map(FileChannel.MapMode.READ_ONLY, at, bytes));
    }
    return new Pixels(imageBytes, perSegment, segments);
  }

  /**
   * Copies one image.
   *
   * @param target of its size at least; filled from its start
   */
  void read(int example, byte[] target) {
    segments.get(example / imagesPerSegment).get(offset(example), target, 0, imageBytes);
  }

  /** Adds all pixels, image by image. */
  void update(MessageDigest digest) {
    forEachSegment(digest::update);
  }

  /** Gives all pixels, piece by piece, in the order of the images. */
  void forEachSegment(Consumer<ByteBuffer> receiver) {
    segments.forEach(segment -> receiver.accept(segment.asReadOnlyBuffer()));
  }

  /** Bytes of the heap that the pixels take. */
  long heapBytes() {
    return segments.stream().filter(ByteBuffer::hasArray).mapToLong(ByteBuffer::capacity).sum();
  }

  private int offset(int example) {
    return example % imagesPerSegment * imageBytes;
  }
}
