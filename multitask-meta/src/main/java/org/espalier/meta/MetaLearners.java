package org.espalier.meta;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.espalier.meta.MetaState.Learner;
import org.espalier.meta.MetaState.Part;
import org.espalier.meta.MetaState.Role;
import org.espalier.search.supernet.SharedLayout;
import org.espalier.storage.Floats;
import org.espalier.tensor.Seeds;

/**
 * How learners begin.
 *
 * @param settings of the search
 * @param source of the families
 */
record MetaLearners(MetaLearning settings, DomainSource source) {
  private static final long WEIGHTS = 1;
  private static final long GUIDE = 2;

  /** All learners of a search begin with the same weights. */
  Learner start(Role role, List<Backbone> backbones, long seed) {
    Backbone first = backbones.get(0);
    Floats values = first.initial(Seeds.generator(seed, WEIGHTS));
    List<Part> weights = new ArrayList<>();
    for (SharedLayout.Range block : first.layout().blocks()) {
      float[] part = new float[block.length()];
      values.view().get(block.start(), part);
      weights.add(Part.of(Floats.owning(part)));
    }
    GuideShape shape = MetaBench.guideShape(first, settings.embedding(), role != Role.TASK_AWARE);
    Floats guide = role.guided() ? shape.initial(Seeds.generator(seed, GUIDE)) : Floats.EMPTY;
    List<Double> macs = backbones.stream().map(each -> (double) each.macs(standard(each))).toList();
    return new Learner(
        role,
        List.of(),
        0,
        weights,
        Part.of(Floats.owning(new float[weights.size()])),
        Part.of(guide),
        Collections.nCopies(backbones.size(), 0.0),
        macs,
        0,
        0,
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  /** A network whose picks are the same for all choices, the first within the budget. */
  private static List<Integer> standard(Backbone backbone) {
    return uniform(backbone).get(0);
  }

  private static List<List<Integer>> uniform(Backbone backbone) {
    List<Integer> sizes = backbone.choices().sizes();
    int most = Collections.max(sizes);
    List<List<Integer>> uniform = new ArrayList<>();
    for (int pick = 0; pick < most; pick++) {
      int each = pick;
      List<Integer> picks = sizes.stream().map(size -> Math.min(each, size - 1)).toList();
      if (backbone.choices().allows(picks)) {
        uniform.add(picks);
      }
    }
    if (uniform.isEmpty()) {
      uniform.add(backbone.choices().limits().get(0).cost().cheapest());
    }
    return uniform;
  }

  /** The fixed network is the one of equal picks whose MACs are nearest to what was found. */
  Learner prepared(MetaState state) {
    Learner learner = state.learner();
    if (learner.role() != Role.FIXED) {
      return learner;
    }
    double found =
        state.learners().get(0).judged().stream()
            .mapToLong(MetaResult.Adapted::macs)
            .average()
            .orElse(0);
    List<Backbone> backbones = state.families().stream().map(source::backbone).toList();
    List<Integer> nearest = standard(backbones.get(0));
    for (List<Integer> picks : uniform(backbones.get(0))) {
      boolean allowed = backbones.stream().allMatch(each -> each.choices().allows(picks));
      if (allowed && distance(backbones, picks, found) < distance(backbones, nearest, found)) {
        nearest = picks;
      }
    }
    List<Integer> picks = nearest;
    List<Double> macs = backbones.stream().map(each -> (double) each.macs(picks)).toList();
    return new Learner(
        learner.role(),
        picks,
        0,
        learner.weights(),
        learner.rates(),
        learner.guide(),
        learner.baselines(),
        macs,
        0,
        0,
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static double distance(List<Backbone> backbones, List<Integer> picks, double macs) {
    double mean = backbones.stream().mapToLong(each -> each.macs(picks)).average().orElseThrow();
    return Math.abs(mean - macs);
  }
}
