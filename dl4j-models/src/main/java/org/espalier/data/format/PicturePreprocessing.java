package org.espalier.data.format;

/**
 * What is done to a decoded picture before it is one of a data set's images. A network takes other
 * pictures for what it knows only if the same is done to them.
 *
 * @param scaled whether pictures of every size are scaled; else all have one size
 * @param inverted whether black becomes white
 * @param maxPixels most pixels a picture may have before it is decoded, at least 1
 */
public record PicturePreprocessing(boolean scaled, boolean inverted, int maxPixels) {
  /** For data without pictures: any picture is scaled to the size of their images. */
  static final PicturePreprocessing STANDARD =
      new PicturePreprocessing(true, false, DatasetSettings.MAX_PIXELS);

  public PicturePreprocessing {
    if (maxPixels < 1) {
      throw new IllegalArgumentException("maxPixels must be at least 1, got " + maxPixels);
    }
  }
}
