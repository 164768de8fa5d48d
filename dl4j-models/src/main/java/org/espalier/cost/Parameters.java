package org.espalier.cost;

/** Learned values, as {@link NetworkCost} counts them. */
public record Parameters() implements Resource {
  @Override
  public String name() {
    return "parameters";
  }

  @Override
  public String unit() {
    return "parameters";
  }

  @Override
  public long ofLayer(LayerCost layer) {
    return layer.parameters();
  }
}
