package org.espalier.search.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.espalier.search.space.PricedChoices;

/**
 * Finds probable candidates within the limits: choice by choice, the most probable beginnings are
 * kept that a candidate within the limits can have. Where choices are independent and nothing is
 * limited, what it finds is exact.
 */
final class BeamSearch {
  private static final Comparator<Beginning> ORDER =
      Comparator.comparingDouble(beginning -> -beginning.logProbability);

  private final PricedChoices choices;
  private final Model model;

  BeamSearch(PricedChoices choices, Model model) {
    this.choices = choices;
    this.model = model;
  }

  /** Probabilities of the options of a choice after some picks. */
  interface Model {
    /** What the model remembers before the first choice. */
    double[][] start();

    /**
     * Continues a path.
     *
     * @param memory after the choices before
     * @param picks of the choices before
     */
    Next next(double[][] memory, List<Integer> picks, int choice);
  }

  /** Logarithms of the options' probabilities, and what the model then remembers. */
  static final class Next {
    private final double[] logarithms;
    private final double[][] memory;

    Next(double[] logarithms, double[][] memory) {
      this.logarithms = logarithms;
      this.memory = memory;
    }
  }

  /**
   * The candidates found, most probable first; equal ones in the order in which they were found.
   *
   * @param count how many at most
   * @param width beginnings kept, at least {@code count}
   */
  List<List<Integer>> best(int count, int width) {
    List<Beginning> beam = List.of(new Beginning(List.of(), 0, model.start()));
    for (int choice = 0; choice < choices.sizes().size(); choice++) {
      List<Beginning> longer = new ArrayList<>();
      for (Beginning beginning : beam) {
        longer.addAll(continued(beginning, choice));
      }
      longer.sort(ORDER);
      beam = longer.subList(0, Math.min(longer.size(), Math.max(width, count)));
    }
    return beam.stream().limit(count).map(beginning -> beginning.picks).toList();
  }

  private List<Beginning> continued(Beginning beginning, int choice) {
    Next next = model.next(beginning.memory, beginning.picks, choice);
    List<Beginning> continued = new ArrayList<>();
    for (int option = 0; option < next.logarithms.length; option++) {
      List<Integer> picks = new ArrayList<>(beginning.picks);
      picks.add(option);
      if (choices.allows(picks, choice + 1)) {
        double logProbability = beginning.logProbability + next.logarithms[option];
        continued.add(new Beginning(List.copyOf(picks), logProbability, next.memory));
      }
    }
    return continued;
  }

  private static final class Beginning {
    private final List<Integer> picks;
    private final double logProbability;
    private final double[][] memory;

    private Beginning(List<Integer> picks, double logProbability, double[][] memory) {
      this.picks = picks;
      this.logProbability = logProbability;
      this.memory = memory;
    }
  }
}
