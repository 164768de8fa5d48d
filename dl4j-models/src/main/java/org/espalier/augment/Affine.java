package org.espalier.augment;

import java.util.Arrays;
import org.espalier.network.ImageShape;

/**
 * Where each pixel comes from: the one at {@code (x, y)}, columns and rows, is the one at {@code
 * (xx * x + xy * y + x0, yx * x + yy * y + y0)}, the nearest. As in Pillow, positions are those of
 * pixels' centres and are stepped in fixed point, 16 bits after the point.
 */
record Affine(double xx, double xy, double x0, double yx, double yy, double y0) {
  private static final int POINT = 16;
  private static final double ONE = 1 << POINT;

  /** Pillow rounds sines and cosines to 15 decimals, so that quarter turns are exact. */
  private static final double DECIMALS = 1e15;

  /** Turns images around their centre, counter-clockwise. */
  static Affine rotation(ImageShape shape, double degrees) {
    double positive = degrees % 360;
    double angle = -Math.toRadians(positive < 0 ? positive + 360 : positive);
    double cosine = rounded(StrictMath.cos(angle));
    double sine = rounded(StrictMath.sin(angle));
    double centreX = shape.width() / 2.0;
    double centreY = shape.height() / 2.0;
    return new Affine(
        cosine,
        sine,
        cosine * -centreX + sine * -centreY + centreX,
        -sine,
        cosine,
        -sine * -centreX + cosine * -centreY + centreY);
  }

  private static double rounded(double value) {
    return StrictMath.rint(value * DECIMALS) / DECIMALS;
  }

  void paint(Canvas canvas) {
    if (xx == 1 && yx == 0 && yy == 1) {
      moveRows(canvas);
    } else {
      pick(canvas);
    }
    canvas.show();
  }

  /** Every row comes from one row, moved as a whole. */
  private void moveRows(Canvas canvas) {
    ImageShape shape = canvas.shape();
    int rowSize = shape.width() * shape.channels();
    int down = (int) Math.floor(y0 + 0.5);
    int allRows = (int) Math.floor(x0 + 0.5);
    int rowX = fixed(x0 + 0.5 + xy * 0.5);
    int stepX = fixed(xy);
    byte[] to = canvas.other();
    for (int y = 0; y < shape.height(); y++) {
      int move = xy == 0 ? allRows : rowX >> POINT;
      int first = Math.min(shape.width(), Math.max(0, -move));
      int end = Math.max(first, Math.min(shape.width(), shape.width() - move));
      int start = y * rowSize;
      int source = y + down;
      if (source < 0 || source >= shape.height()) {
        Arrays.fill(to, start, start + rowSize, canvas.fill());
      } else {
        int from = source * rowSize + (first + move) * shape.channels();
        int left = start + first * shape.channels();
        int right = start + end * shape.channels();
        Arrays.fill(to, start, left, canvas.fill());
        if (right > left) {
          System.arraycopy(canvas.pixels(), from, to, left, right - left);
        }
        Arrays.fill(to, right, start + rowSize, canvas.fill());
      }
      rowX += stepX;
    }
  }

  private void pick(Canvas canvas) {
    ImageShape shape = canvas.shape();
    int rowX = fixed(x0 + xx * 0.5 + xy * 0.5);
    int rowY = fixed(y0 + yx * 0.5 + yy * 0.5);
    int downX = fixed(xy);
    int downY = fixed(yy);
    Arrays.fill(canvas.other(), canvas.fill());
    for (int y = 0; y < shape.height(); y++) {
      if (shape.channels() == 1) {
        pickGrey(canvas, y * shape.width(), rowX, rowY);
      } else {
        pickRow(canvas, y * shape.width(), rowX, rowY);
      }
      rowX += downX;
      rowY += downY;
    }
  }

  private void pickGrey(Canvas canvas, int start, int rowX, int rowY) {
    byte[] from = canvas.pixels();
    byte[] to = canvas.other();
    int width = canvas.shape().width();
    int height = canvas.shape().height();
    int stepX = fixed(xx);
    int stepY = fixed(yx);
    int atX = rowX;
    int atY = rowY;
    for (int i = start; i < start + width; i++) {
      int x = atX >> POINT;
      int y = atY >> POINT;
      if (x >= 0 && x < width && y >= 0 && y < height) {
        to[i] = from[y * width + x];
      }
      atX += stepX;
      atY += stepY;
    }
  }

  private void pickRow(Canvas canvas, int start, int rowX, int rowY) {
    int width = canvas.shape().width();
    int height = canvas.shape().height();
    int channels = canvas.shape().channels();
    int stepX = fixed(xx);
    int stepY = fixed(yx);
    int atX = rowX;
    int atY = rowY;
    for (int i = start; i < start + width; i++) {
      int x = atX >> POINT;
      int y = atY >> POINT;
      if (x >= 0 && x < width && y >= 0 && y < height) {
        canvas.copyPixel((y * width + x) * channels, i * channels);
      }
      atX += stepX;
      atY += stepY;
    }
  }

  private static int fixed(double value) {
    return (int) Math.floor(value * ONE + 0.5);
  }
}
