package org.espalier.meta;

import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.espalier.meta.MetaState.Learner;
import org.espalier.meta.MetaState.Part;
import org.espalier.search.Outcome;
import org.espalier.search.RoundResult;
import org.espalier.search.Totals;
import org.espalier.search.policy.AdamRule;

/**
 * What a round changes in the learner that it was for.
 *
 * @param settings of the search
 */
record MetaFold(MetaLearning settings) {
  Learner learned(MetaState state, RoundResult<MetaItem, MetaResult> round) {
    Learner before = state.learner();
    List<MetaResult.Learned> results =
        round.values(MetaItem.Learn.class, MetaResult.Learned.class).stream()
            .map(RoundResult.Valued::value)
            .toList();
    List<MetaResult.Adapted> tasks =
        results.stream().flatMap(each -> each.tasks().stream()).toList();
    return new Learner(
        before.role(),
        before.fixed(),
        before.rounds() + 1,
        stepped(state, round.totals()),
        steppedRates(state, round.totals()),
        steppedGuide(before.guide(), round.totals(), tasks.size()),
        baselines(state, tasks),
        macs(state, tasks),
        before.work() + tasks.stream().mapToLong(MetaResult.Adapted::work).sum(),
        before.planned() + planned(round),
        plus(before.history(), List.of(figures(state, results, tasks))),
        before.judged(),
        before.shuffled(),
        plus(before.failures(), failures(round, "")));
  }

  private static long planned(RoundResult<MetaItem, MetaResult> round) {
    return round.items().stream().mapToLong(each -> each.item().plannedCost()).sum();
  }

  private static <T> List<T> plus(List<T> before, List<T> more) {
    List<T> all = new ArrayList<>(before);
    all.addAll(more);
    return all;
  }

  private static List<String> failures(RoundResult<MetaItem, MetaResult> round, String beginning) {
    List<String> failures = new ArrayList<>();
    for (RoundResult.Performed<MetaItem, MetaResult> each : round.items()) {
      if (each.outcome() instanceof Outcome.Failure<MetaResult> failure) {
        int tasks = beginning.isEmpty() ? 1 : each.item().tasks().size();
        failures.addAll(
            Collections.nCopies(tasks, beginning + each.item().label() + ": " + failure.reason()));
      }
    }
    return failures;
  }

  private List<Part> stepped(MetaState state, Totals totals) {
    AdamRule rule = settings.outer().adam();
    DoubleBuffer uses = totals.of(MetaBench.USES);
    List<Part> stepped = new ArrayList<>();
    for (int i = 0; i < state.blocks().size(); i++) {
      Part part = state.learner().weights().get(i);
      double users = uses.get(i);
      stepped.add(
          users == 0 ? part : part.stepped(rule, totals.of(state.blocks().get(i).name()), users));
    }
    return stepped;
  }

  /** Each by the mean over the tasks that used its block. */
  private Part steppedRates(MetaState state, Totals totals) {
    Part rates = state.learner().rates();
    if (!settings.inner().learnsRates()) {
      return rates;
    }
    DoubleBuffer sums = totals.of(MetaBench.RATES);
    DoubleBuffer uses = totals.of(MetaBench.USES);
    double[] gradient = new double[sums.remaining()];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = sums.get(i) / Math.max(1, uses.get(i));
    }
    AdamRule.Stepped after =
        settings.inner().adam().step(rates.values(), rates.moments(), gradient);
    return new Part(after.values(), after.moments());
  }

  private Part steppedGuide(Part guide, Totals totals, int tasks) {
    boolean learned =
        guide.values().size() > 0 && totals.contributions(MetaBench.GUIDE) > 0 && tasks > 0;
    return learned
        ? guide.stepped(settings.controller().adam(), totals.of(MetaBench.GUIDE), tasks)
        : guide;
  }

  private List<Double> baselines(MetaState state, List<MetaResult.Adapted> tasks) {
    Learner learner = state.learner();
    double decay = settings.controller().baselineDecay();
    List<Double> baselines = new ArrayList<>(learner.baselines());
    for (MetaResult.Adapted task : tasks) {
      double before = baselines.get(task.family());
      boolean first = learner.rounds() == 0 && before == 0;
      baselines.set(
          task.family(), first ? task.score() : decay * before + (1 - decay) * task.score());
    }
    return baselines;
  }

  private List<Double> macs(MetaState state, List<MetaResult.Adapted> tasks) {
    double decay = settings.controller().baselineDecay();
    List<Double> macs = new ArrayList<>(state.learner().macs());
    for (MetaResult.Adapted task : tasks) {
      macs.set(task.family(), decay * macs.get(task.family()) + (1 - decay) * task.macs());
    }
    return macs;
  }

  private static MetaState.Figures figures(
      MetaState state, List<MetaResult.Learned> results, List<MetaResult.Adapted> tasks) {
    List<Double> scores = new ArrayList<>();
    for (int family = 0; family < state.families().size(); family++) {
      int each = family;
      scores.add(
          tasks.stream()
              .filter(task -> task.family() == each)
              .mapToDouble(MetaResult.Adapted::score)
              .average()
              .orElse(-1));
    }
    return new MetaState.Figures(
        tasks.stream().mapToDouble(MetaResult.Adapted::loss).average().orElse(0),
        scores,
        results.stream().mapToDouble(MetaResult.Learned::entropy).average().orElse(0),
        results.stream().mapToDouble(MetaResult.Learned::reconstruction).average().orElse(0));
  }

  Learner judged(Learner before, RoundResult<MetaItem, MetaResult> round) {
    List<MetaResult.Adapted> plain = new ArrayList<>();
    List<MetaResult.Adapted> shuffled = new ArrayList<>();
    for (RoundResult.Valued<MetaItem.Judge, MetaResult.Judged> each :
        round.values(MetaItem.Judge.class, MetaResult.Judged.class)) {
      boolean own = each.item().guides().equals(each.item().tasks());
      (own ? plain : shuffled).addAll(each.value().tasks());
    }
    return new Learner(
        before.role(),
        before.fixed(),
        before.rounds(),
        before.weights(),
        before.rates(),
        before.guide(),
        before.baselines(),
        before.macs(),
        before.work(),
        before.planned() + planned(round),
        before.history(),
        plus(before.judged(), plain),
        plus(before.shuffled(), shuffled),
        plus(before.failures(), failures(round, Learner.LOST)));
  }
}
