package org.espalier.search.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.espalier.search.space.CostModel;
import org.espalier.search.space.PairwiseTerms;
import org.espalier.search.space.PricedChoices;
import org.espalier.storage.RecordCodec;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;

class RegressionProposerTest {
  private static final PricedChoices SMALL =
      new PricedChoices(Collections.nCopies(5, 4), List.of());
  private static final PricedChoices LARGE =
      new PricedChoices(Collections.nCopies(12, 4), List.of());

  @Test
  void itFindsTheBestOfAThousandWithSixtyQuestions() {
    int found = 0;
    for (int seed = 0; seed < 5; seed++) {
      Proposer proposer = played(SMALL, 12, 5, seed);
      List<Integer> best =
          Enumerated.all(SMALL.sizes()).stream()
              .reduce((a, b) -> value(b) > value(a) ? b : a)
              .orElseThrow();
      found += proposer.best(SMALL, 1).equals(List.of(best)) ? 1 : 0;
    }

    // 60 draws without a model find it with a probability of 6 %.
    assertThat(found).isGreaterThanOrEqualTo(3);
  }

  @Test
  void inLargeSpacesItBeatsAsManyDraws() {
    List<Integer> ours = played(LARGE, 16, 5, 1).best(LARGE, 1).get(0);
    double drawn =
        UniformProposer.draw(LARGE, 80, Seeds.generator(7)).stream()
            .mapToDouble(RegressionProposerTest::value)
            .max()
            .orElseThrow();

    assertThat(value(ours)).isGreaterThan(drawn + 1);
  }

  /**
   * Nothing but a trait counts, and judgements are half noise: the best of 60 draws has 2.3
   * deviations of the trait on average, and draws alone do not come near 4.
   */
  @Test
  void whatATraitIsGoodForIsLearnedFromNoisyJudgements() {
    CostModel trait = sumOfPicks();
    PricedChoices choices = LARGE.knowing(List.of(trait));
    Proposer proposer =
        new RegressionSettings(10, List.of(0.3, 1.0), 0.3).start(choices, 1, Seeds.generator(1));
    for (int round = 0; round < 6; round++) {
      List<List<Integer>> drawn = proposer.sample(choices, 10, Seeds.generator(8, round));
      RandomGenerator noise = Seeds.generator(9, round);
      proposer =
          proposer.learn(
              choices,
              drawn.stream()
                  .map(
                      each ->
                          Optional.of(
                              Feedback.of(
                                  each, 100 + trait.exact(each) + 4 * noise.nextGaussian())))
                  .toList(),
              Seeds.generator(8, round));
    }

    List<Integer> most = Collections.nCopies(12, 3);
    List<Integer> least = Collections.nCopies(12, 0);
    List<Double> expected = proposer.expects(choices, List.of(most, least));

    assertThat(expected.get(0)).isGreaterThan(expected.get(1));
    List<Integer> last = proposer.sample(choices, 1, Seeds.generator(8, 6)).get(0);
    assertThat(trait.exact(last)).isGreaterThan(trait.exact(Collections.nCopies(12, 1)) + 12);
  }

  @Test
  void candidatesGoByTheirCanonicalPicks() {
    PricedChoices choices =
        new PricedChoices(
            LARGE.sizes(),
            List.of(),
            picks -> false,
            picks -> picks.stream().map(pick -> pick - pick % 2).toList(),
            picks -> Set.of(),
            List.of());

    Proposer proposer = played(choices, 3, 5, 1);

    assertThat(((RegressionProposer) proposer).history().judged())
        .extracting(Feedback::picks)
        .allMatch(picks -> picks.stream().allMatch(pick -> pick % 2 == 0));
  }

  /** Of each candidate one more than its picks together. */
  private static CostModel sumOfPicks() {
    PairwiseTerms terms = new PairwiseTerms(LARGE.sizes());
    terms.add(1);
    for (int choice = 0; choice < 12; choice++) {
      for (int pick = 1; pick < 4; pick++) {
        terms.add(choice, pick, pick);
      }
    }
    return terms.sum();
  }

  @Test
  void expectationsBeginWithTheRegression() {
    Proposer none = RegressionSettings.defaults().start(SMALL, 1, Seeds.generator(1));
    Proposer some = played(SMALL, 4, 5, 1);

    assertThat(none.expects(SMALL, List.of(List.of(0, 0, 0, 0, 0)))).isEmpty();
    assertThat(some.expects(SMALL, some.best(SMALL, 3))).hasSize(3);
  }

  @Test
  void proposalsAreNewAndWithinTheLimits() {
    PricedChoices tiny = new PricedChoices(List.of(3, 2, 3), List.of());
    Proposer proposer = new RegressionSettings(3, null, null).start(tiny, 1, Seeds.generator(1));
    List<List<Integer>> first = List.of(List.of(0, 0, 0), List.of(1, 0, 0), List.of(2, 1, 2));
    proposer = proposer.learn(tiny, judged(first), Seeds.generator(1));

    List<List<Integer>> rest = proposer.sample(tiny, 100, Seeds.generator(2));

    Set<List<Integer>> all = new HashSet<>(first);
    all.addAll(rest);
    assertThat(rest).hasSize(15);
    assertThat(all).hasSize(18);
  }

  @Test
  void scoresTellTheBestApartAndShareTies() {
    List<Feedback> judged =
        List.of(
            Feedback.of(List.of(0), 0.1),
            Feedback.of(List.of(1), 0.9),
            Feedback.of(List.of(2), 0.5),
            Feedback.of(List.of(3), 0.5));

    double[] scores = RegressionProposer.scores(judged);

    double middle = (-Math.log(1 - 1.5 / 4) - Math.log(1 - 2.5 / 4)) / 2 - 1;
    assertThat(scores)
        .containsExactly(
            new double[] {-Math.log(1 - 0.5 / 4) - 1, -Math.log(1 - 3.5 / 4) - 1, middle, middle},
            within(1e-14));
  }

  @Test
  void equalArgumentsGiveEqualBits() {
    RecordCodec<Proposer> codec = new RecordCodec<>(Proposer.class);
    Proposer once = played(SMALL, 5, 5, 3);

    assertThat(played(SMALL, 5, 5, 3)).isEqualTo(once);
    assertThat(codec.decode(codec.encode(once))).isEqualTo(once);
    assertThat(once.sample(SMALL, 4, Seeds.generator(9)))
        .isEqualTo(codec.decode(codec.encode(once)).sample(SMALL, 4, Seeds.generator(9)));
  }

  private static Proposer played(PricedChoices choices, int rounds, int batch, int seed) {
    Proposer proposer = RegressionSettings.defaults().start(choices, 1, Seeds.generator(seed));
    for (int round = 0; round < rounds; round++) {
      List<List<Integer>> drawn = proposer.sample(choices, batch, Seeds.generator(8, seed, round));
      proposer = proposer.learn(choices, judged(drawn), Seeds.generator(8, seed, round));
    }
    return proposer;
  }

  private static List<Optional<Feedback>> judged(List<List<Integer>> drawn) {
    List<Optional<Feedback>> feedback = new ArrayList<>();
    for (List<Integer> picks : drawn) {
      feedback.add(Optional.of(Feedback.of(picks, 100 + value(picks))));
    }
    return feedback;
  }

  /** Terms of picks, of pairs of neighbours, and what no such term explains. */
  private static double value(List<Integer> picks) {
    double sum = 0;
    for (int choice = 0; choice < picks.size(); choice++) {
      int pick = picks.get(choice);
      sum += term(1, choice, pick, 0);
      sum += choice > 0 ? 0.7 * term(2, choice, pick, picks.get(choice - 1)) : 0;
    }
    RandomGenerator rest =
        Seeds.generator(Seeds.mix(3, picks.stream().mapToLong(k -> k).toArray()));
    return sum + 0.1 * rest.nextGaussian();
  }

  private static double term(long kind, int choice, int pick, int other) {
    return Seeds.generator(kind, choice, pick, other).nextGaussian();
  }
}
