package org.espalier.cost;

import org.espalier.settings.Checks;
import org.espalier.settings.Range;
import org.espalier.settings.Required;

/**
 * The most that a network may take of a resource.
 *
 * @param resource what is limited; must be given
 * @param most of the resource's unit, above 0; must be given
 */
public record Limit(
    @Required("what is limited") Resource resource,
    @Required(value = "the most of it", example = "50_000") @Range(above = 0) Double most) {
  public Limit {
    Checks.present("resource", resource);
    Checks.present("most", most);
    Checks.ranges(Limit.class, resource, most);
  }

  /** A limit of whole units. */
  static Limit of(Resource resource, long most) {
    return new Limit(resource, (double) most);
  }

  /** The most, in the resource's smallest steps. */
  public long steps() {
    return (long) StrictMath.floor(most * resource.steps());
  }

  /** Whether a network is within it. */
  public boolean allows(NetworkCost cost) {
    return resource.of(cost) <= steps();
  }

  /** Share of the limit that a network takes: above 1 it is over. */
  public double ratio(NetworkCost cost) {
    return (double) resource.of(cost) / steps();
  }

  /** For people, such as {@code 200,000 MACs}. */
  public String describe() {
    return resource.amount(steps()) + " " + resource.unit();
  }
}
