package org.espalier.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * What a network may cost at most. At least one limit must be given.
 *
 * @param macs the most multiply-accumulates of one image, or 0 for any number; default 0
 * @param parameters the most learned values, or 0 for any number; default 0
 */
public record Budget(Long macs, Long parameters) {
  public Budget {
    macs = macs == null ? 0 : macs;
    parameters = parameters == null ? 0 : parameters;
    if (macs < 0) {
      throw new IllegalArgumentException("macs must be at least 0, got " + macs);
    }
    if (parameters < 0) {
      throw new IllegalArgumentException("parameters must be at least 0, got " + parameters);
    }
    if (macs == 0 && parameters == 0) {
      throw new IllegalArgumentException(
          "at least one of macs, parameters must be given, above 0: the most of one image, the"
              + " most learned values");
    }
  }

  /** A limit on multiply-accumulates alone. */
  public static Budget ofMacs(long macs) {
    return new Budget(macs, null);
  }

  /** A limit on learned values alone. */
  public static Budget ofParameters(long parameters) {
    return new Budget(null, parameters);
  }

  /** The most multiply-accumulates, if they are limited. */
  public OptionalLong mostMacs() {
    return macs == 0 ? OptionalLong.empty() : OptionalLong.of(macs);
  }

  /** The most learned values, if they are limited. */
  public OptionalLong mostParameters() {
    return parameters == 0 ? OptionalLong.empty() : OptionalLong.of(parameters);
  }

  /** Whether a network is within every limit. */
  public boolean allows(NetworkCost cost) {
    return (macs == 0 || cost.macs() <= macs)
        && (parameters == 0 || cost.parameters() <= parameters);
  }

  /** Share of the budget that a network takes: above 1 it is over. With two limits the larger. */
  public double ratio(NetworkCost cost) {
    double ofMacs = macs == 0 ? 0 : (double) cost.macs() / macs;
    double ofParameters = parameters == 0 ? 0 : (double) cost.parameters() / parameters;
    return Math.max(ofMacs, ofParameters);
  }

  /**
   * Says that nothing fits, if the cheapest network does not.
   *
   * @param smallest cost of the cheapest network there is
   * @throws InfeasibleBudgetException with that cost
   */
  public void checkFeasible(NetworkCost smallest) {
    if (macs != 0 && smallest.macs() > macs) {
      throw new InfeasibleBudgetException("MACs", macs, smallest.macs());
    }
    if (parameters != 0 && smallest.parameters() > parameters) {
      throw new InfeasibleBudgetException("parameters", parameters, smallest.parameters());
    }
  }

  /** For people, such as {@code 200,000 MACs and 5,000 parameters}. */
  public String describe() {
    List<String> limits = new ArrayList<>();
    mostMacs().ifPresent(most -> limits.add(String.format(Locale.ROOT, "%,d MACs", most)));
    mostParameters()
        .ifPresent(most -> limits.add(String.format(Locale.ROOT, "%,d parameters", most)));
    return String.join(" and ", limits);
  }
}
