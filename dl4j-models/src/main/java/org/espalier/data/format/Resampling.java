package org.espalier.data.format;

/**
 * Scales images by area: each new pixel is the mean of the rectangle of old pixels under it, with
 * fractions of pixels at its edges. Keeps the mean brightness when sizes divide.
 */
final class Resampling {
  private Resampling() {}

  /**
   * Scales a picture.
   *
   * @param source any size
   * @param height of the result
   * @param width of the result
   */
  static DecodedPicture scale(DecodedPicture source, int height, int width) {
    if (source.height() == height && source.width() == width) {
      return source;
    }
    Spans rows = Spans.of(source.height(), height);
    Spans columns = Spans.of(source.width(), width);
    int channels = source.channels();
    byte[] target = new byte[height * width * channels];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < channels; c++) {
          double mean = mean(source, rows, y, columns, x, c);
          target[(y * width + x) * channels + c] = (byte) (int) (mean + 0.5);
        }
      }
    }
    return new DecodedPicture(height, width, channels, target);
  }

  private static double mean(
      DecodedPicture source, Spans rows, int y, Spans columns, int x, int channel) {
    double sum = 0;
    for (int row = rows.first(y); row <= rows.last(y); row++) {
      double inRow = 0;
      for (int column = columns.first(x); column <= columns.last(x); column++) {
        inRow += columns.share(x, column) * source.value(row, column, channel);
      }
      sum += rows.share(y, row) * inRow;
    }
    return sum;
  }

  /** How much of each old position lies under each new one, along one axis. */
  private record Spans(int before, int after) {
    static Spans of(int before, int after) {
      return new Spans(before, after);
    }

    int first(int target) {
      return (int) ((long) target * before / after);
    }

    int last(int target) {
      return (int) (((long) (target + 1) * before - 1) / after);
    }

    /** Share of the new position's interval that the old position covers; the shares sum to 1. */
    double share(int target, int old) {
      long from = Math.max((long) target * before, (long) old * after);
      long to = Math.min((long) (target + 1) * before, (long) (old + 1) * after);
      return (to - from) / (double) before;
    }
  }
}
