package org.espalier.data.format;

/**
 * Printing inks seen on white paper, without a profile: as Pillow and most readers convert them.
 */
final class Ink {
  private Ink() {}

  /**
   * How much of a colour is left by its ink and by black.
   *
   * @param unprinted 255 less the ink: cyan for red, magenta for green, yellow for blue
   * @param notBlack 255 less the black ink
   * @return the colour's value, 0 to 255
   */
  static int onPaper(int unprinted, int notBlack) {
    int product = (255 - unprinted) * notBlack + 128;
    return Math.max(0, notBlack - (((product >> 8) + product) >> 8));
  }
}
