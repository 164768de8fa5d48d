package org.espalier.meta;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.espalier.search.space.FeasibleCandidates;
import org.espalier.task.Task;
import org.espalier.tensor.Seeds;

/**
 * What can be done for a task without having learned from others, with the steps that adaptation
 * takes: two random networks take a quarter of them each, and the one whose loss on the support
 * examples is lower then goes on with the rest.
 *
 * @param loop how many steps there are
 * @param networks by their picks
 */
record ScratchSearch(InnerLoop loop, Function<List<Integer>, TaskNetwork> networks) {
  private static final int CANDIDATES = 2;
  private static final int PART = 4;

  /**
   * What came of it.
   *
   * @param picks of the network that went on
   * @param work multiply-accumulates of all steps and of judging
   */
  record Found(List<Integer> picks, TaskNetwork.Passed passed, long work) {}

  Found adapt(Domain domain, Task task, long seed) {
    Backbone backbone = domain.backbone();
    RandomGenerator random = Seeds.generator(seed);
    InnerLoop trial = new InnerLoop(loop.steps() / PART, loop.rate(), loop.clip());
    long support = 3L * domain.facts().support();
    long work = 0;
    List<Integer> best = List.of();
    float[] weights = {};
    double least = Double.POSITIVE_INFINITY;
    for (List<Integer> picks : FeasibleCandidates.sample(backbone.choices(), CANDIDATES, random)) {
      float[] tried = descended(trial, picks, task, fresh(backbone, picks, random));
      double loss = networks.apply(picks).support(task, tried, new float[tried.length]).loss();
      work += (trial.steps() + 1) * support * backbone.macs(picks);
      if (best.isEmpty() || loss < least) {
        best = picks;
        weights = tried;
        least = loss;
      }
    }
    int left = loop.steps() - CANDIDATES * trial.steps();
    float[] last = descended(new InnerLoop(left, loop.rate(), loop.clip()), best, task, weights);
    long judged = (long) domain.facts().support() + domain.facts().query();
    return new Found(
        best,
        networks.apply(best).judge(task, last),
        work + (left * support + judged) * backbone.macs(best));
  }

  private float[] fresh(Backbone backbone, List<Integer> picks, RandomGenerator random) {
    double[] open = new double[backbone.layout().gates()];
    Arrays.fill(open, 1);
    return networks.apply(picks).binding().start(backbone.initial(random), open);
  }

  private float[] descended(InnerLoop loop, List<Integer> picks, Task task, float[] start) {
    TaskNetwork network = networks.apply(picks);
    List<float[]> path =
        loop.descend((at, slopes) -> network.support(task, at, slopes).loss(), start);
    return path.get(path.size() - 1);
  }
}
