package org.espalier.data.format;

import java.util.List;
import java.util.Optional;
import org.espalier.data.DataException;
import org.espalier.data.ImageDataset;
import org.espalier.data.ImageDatasetBuilder;
import org.espalier.network.ImageShape;

/** Collects pictures into a data set of one shape. */
final class PictureCollector {
  private final int height;
  private final int width;
  private final boolean equalSizes;
  private Optional<DecodedPicture> first = Optional.empty();
  private String firstName = "";
  private Optional<ImageDatasetBuilder> images = Optional.empty();

  /**
   * Starts empty.
   *
   * @param height to scale to, or 0 for the pictures' own
   * @param width to scale to, or 0 for the pictures' own
   * @param equalSizes whether pictures of different sizes are an error
   */
  PictureCollector(int height, int width, boolean equalSizes) {
    this.height = height;
    this.width = width;
    this.equalSizes = equalSizes;
  }

  void add(String where, int label, DecodedPicture picture) {
    if (first.isEmpty()) {
      first = Optional.of(picture);
      firstName = where;
    }
    DecodedPicture model = first.get();
    boolean same = picture.height() == model.height() && picture.width() == model.width();
    if (equalSizes && !same) {
      throw new DataException(
          where,
          "picture of %s x %s pixels; expected %s x %s, as %s%s"
              .formatted(
                  picture.height(),
                  picture.width(),
                  model.height(),
                  model.width(),
                  firstName,
                  height == 0 ? " (or give height and width to scale to)" : ""));
    }
    DecodedPicture scaled =
        height == 0 ? checked(where, picture) : Resampling.scale(picture, height, width);
    ImageDatasetBuilder builder = images.orElseGet(() -> start(scaled));
    images = Optional.of(builder);
    builder.add(label, scaled.pixels());
  }

  int size() {
    return images.map(ImageDatasetBuilder::size).orElse(0);
  }

  ImageDataset build(List<String> classes) {
    return images.orElseThrow().build(classes, 0);
  }

  private static ImageDatasetBuilder start(DecodedPicture picture) {
    ImageShape shape = new ImageShape(picture.height(), picture.width(), picture.channels());
    return new ImageDatasetBuilder(shape, 255, 1024);
  }

  private static DecodedPicture checked(String where, DecodedPicture picture) {
    int most = DatasetSettings.LARGEST_SIDE;
    if (picture.height() > most || picture.width() > most) {
      throw new DataException(
          where,
          "picture of %s x %s pixels; expected sides of at most %s (or give height and width)"
              .formatted(picture.height(), picture.width(), most));
    }
    return picture;
  }
}
