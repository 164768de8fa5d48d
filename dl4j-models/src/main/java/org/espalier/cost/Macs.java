package org.espalier.cost;

/** Multiply-accumulates of one image, as {@link NetworkCost} counts them. */
public record Macs() implements Resource {
  @Override
  public String name() {
    return "MACs";
  }

  @Override
  public String unit() {
    return "MACs";
  }

  @Override
  public long ofLayer(LayerCost layer) {
    return layer.macs();
  }
}
