package org.espalier.meta;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.espalier.meta.MetaState.Learner;
import org.espalier.meta.MetaState.Role;
import org.espalier.task.MetaPart;
import org.espalier.tensor.Seeds;

/**
 * Which tasks a round has.
 *
 * @param settings of the search
 */
record MetaPlan(MetaLearning settings) {
  private static final long ITEMS = 3;
  private static final long TASKS = 4;
  private static final long JUDGE = 5;
  private static final long TEST = 6;
  private static final long PARTNER = 7;

  /** Test tasks judged in a round, so that a round is no longer than an item may be. */
  static final int JUDGED_AT_ONCE = 128;

  /** Whether the current learner has something to learn: baselines as much as M-NAS had. */
  boolean learning(MetaState state) {
    Learner learner = state.learner();
    if (learner.role() == Role.TASK_AWARE) {
      return learner.rounds() < settings.rounds();
    }
    if (learner.role() == Role.FROM_SCRATCH) {
      return false;
    }
    return learner.work() < state.learners().get(0).work();
  }

  /** Whether the current learner has been judged by all test tasks. */
  boolean tested(MetaState state) {
    return state.learner().tested()
        >= settings.testTasks() * state.families().size() + shuffledTasks(state);
  }

  List<MetaItem> lessons(MetaState state) {
    Learner learner = state.learner();
    List<MetaItem.Draw> draws = new ArrayList<>();
    for (int i = 0; i < settings.tasksPerRound(); i++) {
      int number = learner.rounds() * settings.tasksPerRound() + i;
      draws.add(
          new MetaItem.Draw(
              number % state.families().size(), Seeds.mix(state.seed(), TASKS, number)));
    }
    List<MetaItem> items = new ArrayList<>();
    for (List<MetaItem.Draw> part : parts(draws, settings.tasksPerItem())) {
      long cost = 0;
      for (MetaItem.Draw draw : part) {
        cost += passes(state, draw, settings.inner().steps()) * macs(learner, draw.family());
      }
      items.add(
          new MetaItem.Learn(
              Seeds.mix(state.seed(), ITEMS, state.round(), items.size()),
              cost,
              "round %s of %s, tasks %s"
                  .formatted(learner.rounds(), learner.role().text(), items.size()),
              part));
    }
    return items;
  }

  private long passes(MetaState state, MetaItem.Draw draw, int steps) {
    return MetaBench.passes(state.families().get(draw.family()), steps, settings.outer().rule());
  }

  private static long macs(Learner learner, int family) {
    return (long) StrictMath.rint(learner.macs().get(family));
  }

  private static <T> List<List<T>> parts(List<T> all, int size) {
    List<List<T>> parts = new ArrayList<>();
    for (int from = 0; from < all.size(); from += size) {
      parts.add(all.subList(from, Math.min(all.size(), from + size)));
    }
    return parts;
  }

  /**
   * Test tasks, the same for all learners, first as they are, then with the networks that others
   * would get.
   */
  List<MetaItem> judgements(MetaState state) {
    Learner learner = state.learner();
    List<MetaItem.Draw> tasks = tests(state);
    int done = learner.tested();
    boolean shuffled = done >= tasks.size();
    int from = shuffled ? done - tasks.size() : done;
    int end = shuffled ? shuffledTasks(state) : tasks.size();
    List<MetaItem> items = new ArrayList<>();
    List<MetaItem.Draw> now = tasks.subList(from, Math.min(end, from + JUDGED_AT_ONCE));
    int first = from;
    for (List<MetaItem.Draw> part : parts(now, settings.tasksPerItem())) {
      int begin = first;
      List<MetaItem.Draw> guides =
          shuffled
              ? IntStream.range(begin, begin + part.size())
                  .mapToObj(i -> tasks.get(partner(state, i, tasks.size())))
                  .toList()
              : part;
      long cost = 0;
      for (MetaItem.Draw draw : part) {
        DomainFacts facts = state.families().get(draw.family());
        long passes =
            settings.inner().finalSteps() * 3L * facts.support() + facts.support() + facts.query();
        cost += passes * macs(learner, draw.family());
      }
      items.add(
          new MetaItem.Judge(
              Seeds.mix(state.seed(), JUDGE, state.round(), items.size()),
              cost,
              "%s, test tasks from %s on%s"
                  .formatted(learner.role().text(), begin, shuffled ? ", shuffled" : ""),
              MetaPart.TEST,
              part,
              guides));
      first += part.size();
    }
    return items;
  }

  /** Any other task, of any family. */
  private static int partner(MetaState state, int task, int tasks) {
    int further = Seeds.generator(state.seed(), PARTNER, task).nextInt(1, tasks);
    return (task + further) % tasks;
  }

  private int shuffledTasks(MetaState state) {
    return state.learner().role() == Role.TASK_AWARE
        ? settings.shuffledTasks() * state.families().size()
        : 0;
  }

  private List<MetaItem.Draw> tests(MetaState state) {
    int families = state.families().size();
    return IntStream.range(0, settings.testTasks() * families)
        .mapToObj(i -> new MetaItem.Draw(i % families, Seeds.mix(state.seed(), TEST, i)))
        .toList();
  }
}
