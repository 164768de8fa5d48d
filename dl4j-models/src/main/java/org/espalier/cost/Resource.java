package org.espalier.cost;

import java.util.Locale;

/**
 * Something of which a network takes an amount: what a {@link Budget} can limit. An amount is a
 * whole number of the resource's smallest steps, so that costs are compared exactly.
 *
 * <p>A new resource is a record that implements this interface and is permitted here;
 * configurations call it by its name. Everything else, from budgets to cost models and reports,
 * asks the interface alone.
 */
public sealed interface Resource
    permits Macs, Parameters, WeightBytes, PeakActivationBytes, Latency, WeightedSum {

  /** How the amounts of layers make that of their network. */
  enum Total {
    /** They add up. */
    SUM,
    /** The largest counts: what one layer takes, the next one takes again. */
    LARGEST
  }

  /** What it is, as a heading; for example {@code "MACs"} or {@code "peak activation memory"}. */
  String name();

  /** What is counted, after a number; for example {@code "parameters"} or {@code "bytes"}. */
  String unit();

  /** Smallest steps of one unit, at least 1. */
  default long steps() {
    return 1;
  }

  /**
   * What one layer takes, in smallest steps, at least 0.
   *
   * @throws IllegalArgumentException if it is not known for this layer, which the message names
   */
  long ofLayer(LayerCost layer);

  /** Whether {@link #ofLayer} is known for every layer that there is; it is by default. */
  default boolean knowsEveryLayer() {
    return true;
  }

  /** Whether {@link #ofLayer} is known for a layer. */
  default boolean knows(LayerCost layer) {
    return knowsEveryLayer();
  }

  /** What every network takes besides its layers, in smallest steps, at least 0; 0 by default. */
  default long ofEveryNetwork() {
    return 0;
  }

  /**
   * Refuses networks of which the amounts are not meant to be; by default none.
   *
   * @param space what the networks are, as a text that tells spaces apart
   * @throws org.espalier.text.InputException saying which networks they are meant for
   */
  default void checkMeantFor(String space) {}

  /** How layers are put together; they add up by default. */
  default Total total() {
    return Total.SUM;
  }

  /**
   * What of a layer decides the amount: layers for which it is equal take as much as each other. By
   * default the amount itself. A resource that does not know every layer says what it knows them
   * by, so that its cost models ask for no more layers than the networks of a space have.
   */
  default Object decidedBy(LayerCost layer) {
    return ofLayer(layer);
  }

  /**
   * An amount in units for people, without their name.
   *
   * @param amount in smallest steps
   */
  default String amount(long amount) {
    return amount % steps() == 0
        ? String.format(Locale.ROOT, "%,d", amount / steps())
        : String.format(Locale.ROOT, "%,.3f", (double) amount / steps());
  }

  /** What a network takes, in smallest steps. */
  default long of(NetworkCost cost) {
    long amount = ofEveryNetwork();
    for (LayerCost layer : cost.layers()) {
      long own = ofLayer(layer);
      amount = total() == Total.SUM ? Math.addExact(amount, own) : Math.max(amount, own);
    }
    return amount;
  }
}
