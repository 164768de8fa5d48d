package org.espalier.data.format;

/** Defaults and ranges of {@link DatasetSettings}. */
final class SettingsChecks {
  /** Largest height or width of an image. */
  static final int LARGEST_SIDE = 4096;

  private SettingsChecks() {}

  static <T> T given(T value, T otherwise) {
    return value == null ? otherwise : value;
  }

  static void checkPath(String path) {
    if (path == null || path.isBlank()) {
      throw new IllegalArgumentException("path is missing; name a folder or file");
    }
  }

  static void checkRange(String key, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s must be in %d..%d, got %d".formatted(key, least, most, value));
    }
  }

  static void checkSides(int height, int width, int least) {
    checkRange("height", height, least, LARGEST_SIDE);
    checkRange("width", width, least, LARGEST_SIDE);
  }

  static void checkChannels(int channels) {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("channels must be 1 or 3, got " + channels);
    }
  }
}
