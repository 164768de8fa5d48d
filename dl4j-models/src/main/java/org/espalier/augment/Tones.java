package org.espalier.augment;

import java.util.Arrays;

/** Operations that look up what each value becomes, as Pillow's {@code ImageOps} define them. */
final class Tones {
  private static final int WHITE = 255;

  private Tones() {}

  static void invert(Canvas canvas) {
    byte[] pixels = canvas.pixels();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) ~pixels[i];
    }
  }

  static void posterize(Canvas canvas, int bits) {
    byte[] pixels = canvas.pixels();
    byte mask = (byte) -(1 << (8 - bits));
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] &= mask;
    }
  }

  static void solarize(Canvas canvas, double threshold) {
    byte[] pixels = canvas.pixels();
    int last = (int) Math.ceil(threshold) - 1;
    for (int i = 0; i < pixels.length; i++) {
      // The shift gives all ones above the last value that stays, else all zeros.
      pixels[i] ^= (byte) ((last - (pixels[i] & WHITE)) >> 31);
    }
  }

  static void autoContrast(Canvas canvas) {
    for (int channel = 0; channel < canvas.shape().channels(); channel++) {
      stretch(canvas, channel);
    }
  }

  private static void stretch(Canvas canvas, int channel) {
    byte[] pixels = canvas.pixels();
    int channels = canvas.shape().channels();
    int low = WHITE;
    int high = 0;
    for (int i = channel; i < pixels.length; i += channels) {
      low = Math.min(low, pixels[i] & WHITE);
      high = Math.max(high, pixels[i] & WHITE);
    }
    if (high <= low) {
      return;
    }
    double scale = 255.0 / (high - low);
    double offset = -low * scale;
    for (int value = low; value <= high; value++) {
      int stretched = (int) (value * scale + offset);
      canvas.table()[value] = (byte) Math.max(0, Math.min(WHITE, stretched));
    }
    lookUp(canvas, channel, channels);
  }

  static void equalize(Canvas canvas) {
    for (int channel = 0; channel < canvas.shape().channels(); channel++) {
      equalize(canvas, channel);
    }
  }

  private static void equalize(Canvas canvas, int channel) {
    byte[] pixels = canvas.pixels();
    int channels = canvas.shape().channels();
    int[] counts = canvas.counts();
    Arrays.fill(counts, 0);
    for (int i = channel; i < pixels.length; i += channels) {
      counts[pixels[i] & WHITE]++;
    }
    int highest = WHITE;
    while (counts[highest] == 0) {
      highest--;
    }
    int step = (pixels.length / channels - counts[highest]) / WHITE;
    if (step == 0) {
      return;
    }
    int below = step / 2;
    for (int value = 0; value <= highest; value++) {
      canvas.table()[value] = (byte) Math.min(WHITE, below / step);
      below += counts[value];
    }
    lookUp(canvas, channel, channels);
  }

  /** Exchanges every value, from a first one on, for that of the canvas's table. */
  static void lookUp(Canvas canvas, int first, int every) {
    byte[] pixels = canvas.pixels();
    byte[] table = canvas.table();
    for (int i = first; i < pixels.length; i += every) {
      pixels[i] = table[pixels[i] & WHITE];
    }
  }
}
