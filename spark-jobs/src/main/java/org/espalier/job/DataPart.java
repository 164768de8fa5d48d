package org.espalier.job;

import java.util.List;
import java.util.stream.IntStream;
import org.espalier.data.ImageDataset;

/** Some images of a data set. Immutable. */
public final class DataPart {
  private final ImageDataset images;
  private final int[] examples;
  private final List<String> remarks;

  /**
   * Images of these numbers.
   *
   * @param images of the whole data set
   * @param examples numbers of those that count; copied
   * @param remarks what people should know of the data, a line each
   */
  DataPart(ImageDataset images, int[] examples, List<String> remarks) {
    this.images = images;
    this.examples = examples.clone();
    this.remarks = List.copyOf(remarks);
  }

  /** All images of a data set. */
  static DataPart all(ImageDataset images, List<String> remarks) {
    return new DataPart(images, IntStream.range(0, images.size()).toArray(), remarks);
  }

  /** The whole data set. */
  ImageDataset images() {
    return images;
  }

  /** A copy of the numbers of the images that count. */
  int[] examples() {
    return examples.clone();
  }

  /** What people should know of the data, a line each. */
  public List<String> remarks() {
    return remarks;
  }
}
