package org.espalier.search.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.espalier.cost.Budget;
import org.espalier.network.ImageShape;
import org.espalier.network.ReadyMade.Family;
import org.espalier.search.space.PairwiseCost;
import org.espalier.search.space.PricedChoices;
import org.espalier.search.space.WidthChoices;
import org.espalier.search.space.WidthSpace;
import org.espalier.storage.RecordCodec;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;

class EvolutionTest {
  private static final List<Integer> SIZES = List.of(4, 1, 3, 5, 2);
  private static final PricedChoices FREE = new PricedChoices(SIZES, List.of());

  @Test
  void afterTheFoundersChildrenDifferInOneChoiceFromOneThatLives() {
    Proposer evolution = EvolutionSettings.defaults().start(FREE, 1, Seeds.generator(1));
    List<List<Integer>> all = new ArrayList<>();

    for (int step = 0; step < 100; step++) {
      List<Integer> child = evolution.sample(FREE, 1, Seeds.generator(2, step)).get(0);
      List<List<Integer>> living = all.subList(Math.max(0, all.size() - 10), all.size());
      if (step >= 10) {
        assertThat(living).anyMatch(parent -> differences(parent, child) == 1);
      }
      all.add(child);
      evolution = evolution.learn(FREE, List.of(judged(child, step % 7)), Seeds.generator(2, step));
    }

    assertThat(evolution.steps()).isEqualTo(100);
  }

  @Test
  void theDeadHaveNoChildrenHoweverGoodTheyWere() {
    EvolutionSettings settings = new EvolutionSettings(3, 3);
    List<Integer> dead = List.of(3, 0, 2, 4, 1);
    List<Integer> living = List.of(0, 0, 0, 0, 0);
    Proposer evolution =
        settings
            .start(FREE, 1, Seeds.generator(1))
            .learn(
                FREE,
                List.of(
                    judged(dead, 1), judged(living, 0.1), judged(living, 0.2), judged(living, 0)),
                Seeds.generator(1));

    List<List<Integer>> children = evolution.sample(FREE, 50, Seeds.generator(3));

    assertThat(children).hasSize(50).allMatch(child -> differences(living, child) == 1);
    assertThat(evolution.best(FREE, 2)).containsExactly(dead, living);
  }

  @Test
  void aTournamentOfAllIsWonByTheBest() {
    List<Integer> best = List.of(3, 0, 2, 4, 1);
    Proposer evolution =
        new EvolutionSettings(3, 3)
            .start(FREE, 1, Seeds.generator(1))
            .learn(
                FREE,
                List.of(
                    judged(List.of(0, 0, 0, 0, 0), 0.1),
                    judged(best, 0.9),
                    judged(List.of(1, 0, 0, 0, 0), 0.2)),
                Seeds.generator(1));

    assertThat(evolution.sample(FREE, 50, Seeds.generator(3)))
        .allMatch(child -> differences(best, child) == 1);
  }

  @Test
  void everyOtherOptionOfEveryOpenChoiceIsAsProbable() {
    List<Integer> parent = List.of(1, 0, 0, 2, 1);
    RandomGenerator random = Seeds.generator(4);
    List<List<Integer>> children = new ArrayList<>();
    List<Double> expected = new ArrayList<>();
    for (int choice = 0; choice < SIZES.size(); choice++) {
      for (int option = 0; option < SIZES.get(choice); option++) {
        if (option != parent.get(choice)) {
          List<Integer> child = new ArrayList<>(parent);
          child.set(choice, option);
          children.add(child);
          expected.add(0.25 / (SIZES.get(choice) - 1));
        }
      }
    }

    // Beyond 4 standard errors for one of ten: a false alarm in 1,500 seeds.
    Enumerated.assertMean(
        expected.stream().mapToDouble(Double::doubleValue).toArray(),
        20_000,
        draw -> {
          double[] hit = new double[children.size()];
          hit[children.indexOf(Evolution.mutated(parent, SIZES, random))] = 1;
          return hit;
        });
  }

  @Test
  void whatHasOneOptionEverywhereIsItsOwnChild() {
    assertThat(Evolution.mutated(List.of(0, 0), List.of(1, 1), Seeds.generator(1)))
        .containsExactly(0, 0);
  }

  @Test
  void foundersAndChildrenAreWithinTheLimits() {
    WidthSpace space =
        WidthSpace.of(
            Family.PLAIN, new ImageShape(16, 16, 1), 10, WidthChoices.ofWidths(List.of(4, 8, 16)));
    PairwiseCost cost = PairwiseCost.macs(space);
    long most = (long) (cost.smallest() + 0.1 * (cost.largest() - cost.smallest()));
    PricedChoices limited = PricedChoices.of(space, Budget.ofMacs(most));
    Proposer evolution = EvolutionSettings.defaults().start(limited, 1, Seeds.generator(1));

    for (int step = 0; step < 60; step++) {
      List<List<Integer>> sample = evolution.sample(limited, 3, Seeds.generator(5, step));
      assertThat(sample).hasSize(3).allMatch(limited::allows);
      List<Optional<Feedback>> feedback = new ArrayList<>();
      for (List<Integer> picks : sample) {
        feedback.add(judged(picks, picks.stream().mapToInt(pick -> pick).sum()));
      }
      evolution = evolution.learn(limited, feedback, Seeds.generator(5, step));
    }

    assertThat(evolution.best(limited, 1)).allMatch(limited::allows);
  }

  @Test
  void decodedStatesAreEqualAndWrongSettingsRefused() {
    RecordCodec<Proposer> codec = new RecordCodec<>(Proposer.class);
    Proposer evolution =
        EvolutionSettings.defaults()
            .start(FREE, 1, Seeds.generator(1))
            .learn(FREE, List.of(judged(List.of(0, 0, 0, 0, 0), 0.1)), Seeds.generator(1));

    assertThat(codec.decode(codec.encode(evolution))).isEqualTo(evolution);
    assertThat(evolution.learn(FREE, List.of(Optional.empty()), Seeds.generator(1)))
        .isEqualTo(evolution);
    assertThatThrownBy(() -> new EvolutionSettings(5, 6))
        .hasMessageContaining("tournament must be at most the population, 5, got 6");
    assertThatThrownBy(() -> new EvolutionSettings(1, null))
        .hasMessageContaining("population must be from 2 to");
  }

  private static long differences(List<Integer> left, List<Integer> right) {
    long differences = 0;
    for (int choice = 0; choice < left.size(); choice++) {
      differences += left.get(choice).equals(right.get(choice)) ? 0 : 1;
    }
    return differences;
  }

  private static Optional<Feedback> judged(List<Integer> picks, double accuracy) {
    return Optional.of(Feedback.of(picks, accuracy));
  }
}
