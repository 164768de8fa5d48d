package org.espalier.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.espalier.settings.Checks;
import org.espalier.settings.OneOf;
import org.espalier.settings.Range;
import org.espalier.settings.SettingException;

/**
 * What a network may cost at most: limits on resources, of which at least one must be given.
 *
 * @param macs the most multiply-accumulates of one image, or 0 for any number; default 0
 * @param parameters the most learned values, or 0 for any number; default 0
 * @param limits on other resources: bytes of weights, peak activation memory, latency, weighted
 *     sums; default none
 */
@OneOf(
    value = {"macs", "parameters", "limits"},
    exclusive = false,
    what = "the most of one image, the most learned values, the most of other resources")
public record Budget(
    @Range(min = 0) Long macs, @Range(min = 0) Long parameters, List<Limit> limits) {
  public Budget {
    macs = Checks.given(macs, 0L);
    parameters = Checks.given(parameters, 0L);
    limits = List.copyOf(Checks.given(limits, List.of()));
    Checks.ranges(Budget.class, macs, parameters, limits);
    if (macs == 0 && parameters == 0 && limits.isEmpty()) {
      throw new SettingException("macs", "or parameters must be above 0, or limits given");
    }
  }

  /** A limit on multiply-accumulates alone. */
  public static Budget ofMacs(long macs) {
    return new Budget(macs, null, null);
  }

  /** A limit on learned values alone. */
  public static Budget ofParameters(long parameters) {
    return new Budget(null, parameters, null);
  }

  /** The same with a limit on learned values, or a lower one. */
  public Budget withParametersUpTo(long most) {
    return new Budget(macs, parameters == 0 ? most : Math.min(most, parameters), limits);
  }

  /**
   * A share of every limit.
   *
   * @param share above 0
   */
  public Budget times(double share) {
    return new Budget(
        share(macs, share),
        share(parameters, share),
        limits.stream().map(limit -> new Limit(limit.resource(), limit.most() * share)).toList());
  }

  /** No limit stays none, a small one stays one. */
  private static long share(long most, double share) {
    return most == 0 ? 0 : Math.max(1, (long) StrictMath.floor(most * share));
  }

  /** Limits on any resources. */
  public static Budget of(Limit... limits) {
    return new Budget(null, null, List.of(limits));
  }

  /** Every limit, that on MACs first, then that on parameters; at least one. */
  public List<Limit> all() {
    List<Limit> all = new ArrayList<>();
    if (macs > 0) {
      all.add(Limit.of(new Macs(), macs));
    }
    if (parameters > 0) {
      all.add(Limit.of(new Parameters(), parameters));
    }
    all.addAll(limits);
    return List.copyOf(all);
  }

  /** The limit on a resource, if there is one; of several the first. */
  public Optional<Limit> on(Resource resource) {
    return all().stream().filter(limit -> limit.resource().equals(resource)).findFirst();
  }

  /** Whether what is limited is known for every layer that there is. */
  public boolean knowsEveryLayer() {
    return all().stream().allMatch(limit -> limit.resource().knowsEveryLayer());
  }

  /** Whether what is limited is known for every layer of a network. */
  public boolean knows(NetworkCost cost) {
    return all().stream()
        .allMatch(limit -> cost.layers().stream().allMatch(limit.resource()::knows));
  }

  /** Whether a network is within every limit. */
  public boolean allows(NetworkCost cost) {
    return all().stream().allMatch(limit -> limit.allows(cost));
  }

  /** Share of the budget that a network takes: above 1 it is over. With several limits the most. */
  public double ratio(NetworkCost cost) {
    return all().stream().mapToDouble(limit -> limit.ratio(cost)).max().orElseThrow();
  }

  /**
   * Says that nothing fits, if the cheapest network does not.
   *
   * @param smallest cost of the cheapest network there is
   * @throws InfeasibleBudgetException with that cost
   */
  public void checkFeasible(NetworkCost smallest) {
    for (Limit limit : all()) {
      if (!limit.allows(smallest)) {
        throw new InfeasibleBudgetException(limit, limit.resource().of(smallest));
      }
    }
  }

  /** For people, such as {@code 200,000 MACs and 5,000 parameters}. */
  public String describe() {
    return all().stream().map(Limit::describe).collect(Collectors.joining(" and "));
  }
}
