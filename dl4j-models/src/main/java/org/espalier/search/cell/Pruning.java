package org.espalier.search.cell;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.espalier.search.cell.space.Decision;
import org.espalier.search.cell.space.GatedSpace;

/**
 * Which options stay in the race from one stage to the next (Chen et al., "Progressive
 * Differentiable Architecture Search", ICCV 2019, section 3.2).
 *
 * @param space the whole space
 */
record Pruning(GatedSpace space) {

  /**
   * The most probable operations of each edge; what else is chosen than operations stays whole. The
   * operations of one cell stay in any case, so that there is always one within the budget. An edge
   * of several operations keeps one with weights: before they are trained well they lose against
   * those that need no training.
   *
   * @param kept for each choice the options so far
   * @param marginals their probabilities, {@code [choice][kept option]}
   * @param cell picks of the kept options, such as the most probable cell within the budget; may be
   *     empty
   * @param most operations of an edge, at least 1
   */
  List<List<Integer>> pruned(
      List<List<Integer>> kept, double[][] marginals, List<Integer> cell, int most) {
    List<List<Integer>> pruned = new ArrayList<>();
    for (int choice = 0; choice < kept.size(); choice++) {
      List<Integer> all = kept.get(choice);
      if (!operations(choice) || all.size() <= most) {
        pruned.add(all);
        continue;
      }
      Set<Integer> order = new LinkedHashSet<>();
      if (!cell.isEmpty()) {
        order.add(all.get(cell.get(choice)));
      }
      List<Integer> ordered = ordered(all, marginals[choice]);
      int each = choice;
      if (most > 1) {
        ordered.stream().filter(option -> learns(each, option)).findFirst().ifPresent(order::add);
      }
      order.addAll(ordered);
      pruned.add(order.stream().limit(most).sorted().toList());
    }
    return pruned;
  }

  private boolean learns(int choice, int option) {
    return space.decisions().get(choice).options().get(option).effect() == Decision.Effect.LEARNED;
  }

  private boolean operations(int choice) {
    return space.decisions().get(choice).kind() == Decision.Kind.OPERATION;
  }

  /** Options, the most probable first, of equals the first. */
  private static List<Integer> ordered(List<Integer> all, double[] marginals) {
    return IntStream.range(0, all.size())
        .boxed()
        .sorted(Comparator.comparingDouble(index -> -marginals[index]))
        .map(all::get)
        .toList();
  }

  /**
   * What was dropped comes back where that was the most probable, one operation an edge.
   *
   * @param before for each choice the options before they were pruned
   * @param marginals their probabilities then
   * @param after for each choice the options that stayed
   * @param share of the edges, rounded up, on which an operation comes back
   */
  List<List<Integer>> restored(
      List<List<Integer>> before, double[][] marginals, List<List<Integer>> after, double share) {
    record Dropped(int choice, int option, double probability) {}
    List<Dropped> dropped = new ArrayList<>();
    int edges = 0;
    for (int choice = 0; choice < before.size(); choice++) {
      edges += operations(choice) ? 1 : 0;
      List<Integer> all = before.get(choice);
      for (int option : ordered(all, marginals[choice])) {
        if (!after.get(choice).contains(option)) {
          dropped.add(new Dropped(choice, option, marginals[choice][all.indexOf(option)]));
          break;
        }
      }
    }
    List<List<Integer>> restored = new ArrayList<>(after);
    dropped.stream()
        .sorted(Comparator.comparingDouble(each -> -each.probability()))
        .limit((long) StrictMath.ceil(share * edges))
        .forEach(
            each -> {
              List<Integer> more = new ArrayList<>(restored.get(each.choice()));
              more.add(each.option());
              restored.set(each.choice(), more.stream().sorted().toList());
            });
    return List.copyOf(restored);
  }
}
