package org.espalier.meta;

import java.util.List;
import java.util.Objects;

/**
 * How good adaptation to new tasks of one family was.
 *
 * @param family its name
 * @param tasks how many
 * @param ways classes of each
 * @param shots support examples of each class
 * @param mean score, in [0, 1]
 * @param interval half of the 95 % confidence interval of the mean
 * @param macs of the networks that were picked, on average
 */
public record FamilyScore(
    String family, int tasks, int ways, int shots, double mean, double interval, double macs) {
  public FamilyScore {
    Objects.requireNonNull(family, "family");
  }

  static FamilyScore of(DomainFacts family, List<MetaResult.Adapted> tasks) {
    Judgement judgement = Judgement.of(tasks);
    return new FamilyScore(
        family.name(),
        judgement.tasks(),
        family.classes(),
        family.support() / family.classes(),
        judgement.mean(),
        judgement.interval(),
        tasks.stream().mapToLong(MetaResult.Adapted::macs).average().orElse(0));
  }
}
