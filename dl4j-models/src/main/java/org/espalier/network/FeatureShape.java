package org.espalier.network;

/** Shape of what a layer gives for one example, the batch left out. */
public sealed interface FeatureShape {

  /** Values of one example. */
  long size();

  /** Values a place: the last axis. */
  int channels();

  /**
   * A map of features, {@code [height, width, channels]}.
   *
   * @param height rows, at least 1
   * @param width columns, at least 1
   * @param channels at least 1
   */
  record Image(int height, int width, int channels) implements FeatureShape {
    public Image {
      LayerChecks.atLeastOne("height", height);
      LayerChecks.atLeastOne("width", width);
      LayerChecks.atLeastOne("channels", channels);
    }

    @Override
    public long size() {
      return Math.multiplyExact((long) height * width, (long) channels);
    }

    @Override
    public String toString() {
      return "[batch, %s, %s, %s]".formatted(height, width, channels);
    }
  }

  /**
   * A row of features, {@code [channels]}.
   *
   * @param channels at least 1
   */
  record Vector(int channels) implements FeatureShape {
    public Vector {
      LayerChecks.atLeastOne("channels", channels);
    }

    @Override
    public long size() {
      return channels;
    }

    @Override
    public String toString() {
      return "[batch, %s]".formatted(channels);
    }
  }
}
