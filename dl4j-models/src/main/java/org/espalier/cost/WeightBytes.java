package org.espalier.cost;

import org.espalier.settings.Checks;
import org.espalier.settings.Range;

/**
 * Bytes of the learned values, all of one width.
 *
 * @param bits of one value, from 1 to 32; default 32, which is float32; 8 for a network of whole
 *     numbers
 */
public record WeightBytes(@Range(min = 1, max = WeightBytes.MOST) Integer bits)
    implements Resource {
  private static final int MOST = Float.SIZE;

  public WeightBytes {
    bits = Checks.given(bits, MOST);
    Checks.ranges(WeightBytes.class, bits);
  }

  @Override
  public String name() {
    return "weight memory";
  }

  @Override
  public String unit() {
    return "bytes of %s-bit weights".formatted(bits);
  }

  @Override
  public long steps() {
    return Byte.SIZE;
  }

  @Override
  public long ofLayer(LayerCost layer) {
    return Math.multiplyExact(layer.parameters(), (long) bits);
  }
}
