package org.espalier.search.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.espalier.search.space.PricedChoices;

/**
 * Beam search for the most probable candidates within the limits. It goes from choice to choice and
 * keeps the most probable partial candidates, of those that can still be completed within the
 * limits. Where choices are independent and nothing is limited, what it finds is exact.
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

  /** Probabilities of the options of a choice after some picks, for all beginnings at once. */
  interface Model {
    /**
     * Goes on by one choice.
     *
     * @param beginnings picks of the choices before
     * @param parents for each the index of what it continues among the beginnings of the call
     *     before; 0 for the one without a pick, of the first call
     * @return for each beginning the logarithms of the options' probabilities
     */
    double[][] next(List<List<Integer>> beginnings, int[] parents, int choice);
  }

  /**
   * The candidates found, most probable first; equal ones in the order in which they were found.
   *
   * @param count how many at most
   * @param width beginnings kept, at least {@code count}
   */
  List<List<Integer>> best(int count, int width) {
    List<Beginning> beam = List.of(new Beginning(List.of(), 0, 0));
    for (int choice = 0; choice < choices.sizes().size() && !beam.isEmpty(); choice++) {
      double[][] logarithms =
          model.next(
              beam.stream().map(beginning -> beginning.picks).toList(),
              beam.stream().mapToInt(beginning -> beginning.parent).toArray(),
              choice);
      List<Beginning> longer = new ArrayList<>();
      for (int parent = 0; parent < beam.size(); parent++) {
        longer.addAll(continued(beam.get(parent), parent, logarithms[parent]));
      }
      longer.sort(ORDER);
      beam = longer.subList(0, Math.min(longer.size(), Math.max(width, count)));
    }
    return beam.stream().limit(count).map(beginning -> beginning.picks).toList();
  }

  private List<Beginning> continued(Beginning beginning, int parent, double[] logarithms) {
    List<Beginning> continued = new ArrayList<>();
    for (int option = 0; option < logarithms.length; option++) {
      List<Integer> picks = new ArrayList<>(beginning.picks);
      picks.add(option);
      if (choices.allows(picks, picks.size())) {
        continued.add(
            new Beginning(
                List.copyOf(picks), beginning.logProbability + logarithms[option], parent));
      }
    }
    return continued;
  }

  private static final class Beginning {
    private final List<Integer> picks;
    private final double logProbability;
    private final int parent;

    private Beginning(List<Integer> picks, double logProbability, int parent) {
      this.picks = picks;
      this.logProbability = logProbability;
      this.parent = parent;
    }
  }
}
