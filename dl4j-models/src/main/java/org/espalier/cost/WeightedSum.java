package org.espalier.cost;

import java.util.List;
import java.util.function.ToLongFunction;
import org.espalier.settings.Checks;
import org.espalier.settings.Range;
import org.espalier.settings.Required;
import org.espalier.settings.SettingException;
import org.espalier.text.InputException;

/**
 * Several resources as one number: the sum of what each takes times a weight, such as energy
 * estimated from MACs and bytes. Weighed layer by layer and rounded to millionths there, so that
 * the sum of layers is exact.
 *
 * @param terms at least one, of resources that add up over layers; must be given
 */
public record WeightedSum(@Required("what is weighed") List<Term> terms) implements Resource {
  private static final long MILLIONTHS = 1_000_000;

  /**
   * A resource and what it counts for.
   *
   * @param resource whose layers add up, no weighted sum itself; must be given
   * @param weight of one of its units, above 0; must be given
   */
  public record Term(
      @Required("what is weighed") Resource resource,
      @Required(value = "its weight", example = "0.001") @Range(above = 0) Double weight) {
    public Term {
      Checks.present("resource", resource);
      Checks.present("weight", weight);
      Checks.ranges(Term.class, resource, weight);
      if (resource.total() != Total.SUM) {
        throw new SettingException(
            "resource",
            "must be one whose layers add up, which those of %s do not".formatted(resource.name()));
      }
    }
  }

  public WeightedSum {
    terms = List.copyOf(Checks.given(terms, List.of()));
    if (terms.isEmpty()) {
      throw new SettingException("terms", "must be at least one: what is weighed");
    }
  }

  @Override
  public String name() {
    return "weighted cost";
  }

  @Override
  public String unit() {
    return "of weighted cost";
  }

  @Override
  public long steps() {
    return MILLIONTHS;
  }

  @Override
  public boolean knowsEveryLayer() {
    return terms.stream().allMatch(term -> term.resource().knowsEveryLayer());
  }

  @Override
  public boolean knows(LayerCost layer) {
    return terms.stream().allMatch(term -> term.resource().knows(layer));
  }

  @Override
  public long ofLayer(LayerCost layer) {
    return weighed("layer '%s'".formatted(layer.name()), resource -> resource.ofLayer(layer));
  }

  @Override
  public long ofEveryNetwork() {
    return weighed("every network", Resource::ofEveryNetwork);
  }

  private long weighed(String what, ToLongFunction<Resource> amount) {
    double sum = 0;
    for (Term term : terms) {
      sum += term.weight() * amount.applyAsLong(term.resource()) / term.resource().steps();
    }
    double steps = StrictMath.rint(sum * MILLIONTHS);
    if (steps > Long.MAX_VALUE / 2.0) {
      throw new InputException("the weighted cost of %s is too large: %s".formatted(what, sum));
    }
    return (long) steps;
  }

  @Override
  public void checkMeantFor(String space) {
    terms.forEach(term -> term.resource().checkMeantFor(space));
  }

  @Override
  public Object decidedBy(LayerCost layer) {
    return terms.stream().map(term -> term.resource().decidedBy(layer)).toList();
  }
}
