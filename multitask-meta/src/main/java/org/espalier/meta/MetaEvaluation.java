package org.espalier.meta;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.DoubleConsumer;
import org.espalier.search.Contribution;
import org.espalier.search.DataLoader;
import org.espalier.search.Outcome;
import org.espalier.search.method.SearchData;
import org.espalier.task.EpisodeSettings;
import org.espalier.task.MetaPart;
import org.espalier.tensor.Seeds;

/**
 * Judges a meta-model by new tasks of its families, other ones than its search has seen whatever
 * the seed.
 *
 * @param part whose classes are drawn
 * @param tasks of each family, at least 2
 * @param ways classes of a task; empty for as many as in meta search
 * @param shots support examples of each class; empty for as many as in meta search
 * @param seed of the tasks
 */
public record MetaEvaluation(
    MetaPart part, int tasks, Optional<Integer> ways, Optional<Integer> shots, long seed) {
  private static final long TASKS = 7;
  private static final long ORDERS = 8;

  public MetaEvaluation {
    Objects.requireNonNull(part, "part");
    if (tasks < 2) {
      throw new IllegalArgumentException("an interval needs at least 2 tasks, got " + tasks);
    }
  }

  /**
   * Adapts to every task.
   *
   * @param data those that the model was learned from
   * @param progress is told the share of all tasks that is done
   * @return for each family of the model, in its order
   * @throws org.espalier.text.InputException if the part has too few classes or examples
   */
  public List<FamilyScore> of(MetaModel model, DataLoader data, DoubleConsumer progress) {
    MetaSettings settings = sized(model);
    Map<String, String> fingerprints = new TreeMap<>();
    model
        .families()
        .forEach(each -> fingerprints.put(each.name(), each.images().get(0).fingerprint()));
    ImageSource source = new ImageSource(settings, new SearchData(fingerprints));
    List<DomainFacts> families =
        model.families().stream().map(each -> sized(each, settings)).toList();
    MetaView view =
        new MetaView(
            families,
            new MetaView.Controlled(false),
            model.shared(),
            model.rates(),
            model.guide(),
            families.stream().map(each -> 0.0).toList(),
            0,
            0);
    List<FamilyScore> scores = new ArrayList<>();
    try (MetaBench bench = MetaBench.open(source, families, settings.learning(), data, false)) {
      for (int family = 0; family < families.size(); family++) {
        List<MetaResult.Adapted> adapted = new ArrayList<>();
        for (int task = 0; task < tasks; task++) {
          adapted.addAll(judged(bench, view, family, task));
          progress.accept((family + (task + 1.0) / tasks) / families.size());
        }
        scores.add(FamilyScore.of(families.get(family), adapted));
      }
    }
    return scores;
  }

  private List<MetaResult.Adapted> judged(MetaBench bench, MetaView view, int family, int task) {
    List<MetaItem.Draw> draw =
        List.of(new MetaItem.Draw(family, Seeds.mix(seed, TASKS, family, task)));
    Contribution<MetaResult> judged =
        bench.judge(
            view,
            new MetaItem.Judge(
                Seeds.mix(seed, ORDERS, family, task), 0, "task " + task, part, draw, draw));
    if (judged.outcome() instanceof Outcome.Value<MetaResult> value) {
      return value.value().tasks();
    }
    throw new IllegalStateException("a task was not judged: " + judged.outcome());
  }

  /** The settings of meta search for tasks of the size wanted. */
  private MetaSettings sized(MetaModel model) {
    MetaSettings learned = model.settings();
    Map<String, FamilySettings> families = new TreeMap<>();
    for (DomainFacts each : model.families()) {
      FamilySettings own = learned.family(each.name());
      EpisodeSettings tasksOfOwn = own.tasks();
      families.put(
          each.name(),
          new FamilySettings(
              new EpisodeSettings(
                  ways.orElse(tasksOfOwn.ways()),
                  shots.orElse(tasksOfOwn.shots()),
                  tasksOfOwn.queries(),
                  tasksOfOwn.learningQueries(),
                  tasksOfOwn.quarterTurns()),
              own.classes(),
              own.budget()));
    }
    return new MetaSettings(
        learned.tasks(),
        families,
        learned.space(),
        learned.cells(),
        learned.channels(),
        learned.budget(),
        learned.learning(),
        learned.baselines());
  }

  private static DomainFacts sized(DomainFacts facts, MetaSettings settings) {
    EpisodeSettings episodes = settings.family(facts.name()).tasks();
    return new DomainFacts(
        facts.name(),
        Math.multiplyExact(episodes.ways(), episodes.shots()),
        Math.multiplyExact(episodes.ways(), episodes.queries()),
        Math.multiplyExact(episodes.ways(), episodes.learningQueries()),
        episodes.ways(),
        facts.images());
  }
}
