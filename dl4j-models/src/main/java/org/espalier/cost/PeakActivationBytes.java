package org.espalier.cost;

/**
 * The most bytes of float32 features held at once, as {@link NetworkCost#peakActivationBytes()}
 * counts them.
 */
public record PeakActivationBytes() implements Resource {
  @Override
  public String name() {
    return "peak activation memory";
  }

  @Override
  public String unit() {
    return "bytes of features at once";
  }

  @Override
  public long ofLayer(LayerCost layer) {
    return layer.activationBytes();
  }

  @Override
  public Total total() {
    return Total.LARGEST;
  }
}
