package org.espalier.meta;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.espalier.meta.MetaState.Learner;
import org.espalier.meta.MetaState.Role;
import org.espalier.report.Section;
import org.espalier.search.Contribution;
import org.espalier.search.ItemContext;
import org.espalier.search.Progress;
import org.espalier.search.RoundBytes;
import org.espalier.search.RoundResult;
import org.espalier.search.Search;
import org.espalier.search.SearchCodecs;
import org.espalier.search.SearchContext;
import org.espalier.search.SearchResult;
import org.espalier.search.SumShape;
import org.espalier.search.WorkItem;

/**
 * Meta-learning over many tasks (M-NAS: Wang, Wu, Bai and Cheng, AAAI 2020). A round is a batch of
 * tasks; each picks a network by what its support examples look like, adapts the weights that all
 * tasks share in a few steps, and says by its query examples how they should have begun. Baselines
 * learn afterwards from equal work, and all are judged by the same tasks of meta-test.
 */
final class MetaSearch implements Search<MetaState, MetaView, MetaItem, MetaResult> {
  /** Bytes of an item or a result for each of its tasks, generously. */
  private static final long TASK_BYTES = 4096;

  private final MetaLearning settings;
  private final DomainSource source;
  private final List<Role> roles;
  private final MetaLearners learners;
  private final MetaPlan plan;
  private final MetaFold fold;

  /**
   * A search.
   *
   * @param settings of it
   * @param source of the families
   * @param baselines what it is compared with
   */
  MetaSearch(MetaLearning settings, DomainSource source, List<Role> baselines) {
    this.settings = Objects.requireNonNull(settings, "settings");
    this.source = Objects.requireNonNull(source, "source");
    List<Role> all = new ArrayList<>(List.of(Role.TASK_AWARE));
    all.addAll(baselines);
    roles = List.copyOf(all);
    learners = new MetaLearners(settings, source);
    plan = new MetaPlan(settings);
    fold = new MetaFold(settings);
  }

  @Override
  public MetaState start(SearchContext context) {
    List<DomainFacts> families = source.examine(context.data());
    List<Backbone> backbones = families.stream().map(source::backbone).toList();
    Backbone first = backbones.get(0);
    return new MetaState(
        context.seed(),
        0,
        families,
        first.layout().blocks(),
        roles.stream().map(role -> learners.start(role, backbones, context.seed())).toList(),
        0);
  }

  @Override
  public List<MetaItem> plan(MetaState state) {
    return plan.learning(state) ? plan.lessons(state) : plan.judgements(state);
  }

  @Override
  public MetaView view(MetaState state) {
    Learner learner = state.learner();
    boolean learns = plan.learning(state);
    int warmUp = settings.controller().warmUp(settings.rounds());
    int round = Math.min(learner.rounds(), settings.rounds() - 1);
    boolean warm = learns && learner.rounds() < warmUp;
    return new MetaView(
        state.families(),
        mode(learner),
        learner.shared(),
        learner.rates().values(),
        learner.guide().values(),
        learner.baselines(),
        settings.controller().floor(round, settings.rounds()),
        warm ? -1 : settings.controller().entropyWeight(round, settings.rounds()));
  }

  private static MetaView.Mode mode(Learner learner) {
    return switch (learner.role()) {
      case TASK_AWARE -> new MetaView.Controlled(false);
      case ONE_FOR_ALL -> new MetaView.Controlled(true);
      case FIXED -> new MetaView.Fixed(learner.fixed());
      case FROM_SCRATCH -> new MetaView.FromScratch();
    };
  }

  @Override
  public SumShape sums(MetaState state) {
    if (!plan.learning(state)) {
      return SumShape.NONE;
    }
    List<SumShape.Block> blocks = new ArrayList<>();
    state.blocks().forEach(each -> blocks.add(new SumShape.Block(each.name(), each.length())));
    blocks.add(new SumShape.Block(MetaBench.USES, state.blocks().size()));
    blocks.add(new SumShape.Block(MetaBench.RATES, state.blocks().size()));
    int guide = state.learner().guide().values().size();
    if (guide > 0) {
      blocks.add(new SumShape.Block(MetaBench.GUIDE, guide));
    }
    return new SumShape(blocks);
  }

  @Override
  public Contribution<MetaResult> perform(MetaView view, MetaItem item, ItemContext context) {
    boolean blind = view.mode() instanceof MetaView.Controlled mode && mode.blind();
    String key = "meta/%s/%s/%s/%s".formatted(source, settings, view.families(), blind);
    MetaBench bench =
        context.borrow(
            key,
            MetaBench.class,
            () -> MetaBench.open(source, view.families(), settings, context::data, blind));
    return item instanceof MetaItem.Learn learn
        ? bench.learn(view, learn)
        : bench.judge(view, (MetaItem.Judge) item);
  }

  @Override
  public MetaState advance(MetaState state, RoundResult<MetaItem, MetaResult> round) {
    Learner after =
        plan.learning(state) ? fold.learned(state, round) : fold.judged(state.learner(), round);
    MetaState next = state.with(after).nextRound();
    if (!plan.learning(next) && plan.tested(next)) {
      next = next.nextLearner();
      if (!next.finished()) {
        next = next.with(learners.prepared(next));
      }
    }
    return next;
  }

  @Override
  public boolean finished(MetaState state) {
    return state.finished();
  }

  @Override
  public SearchResult result(MetaState state) {
    Learner first = state.learners().get(0);
    List<String> remarks =
        state.learners().stream()
            .filter(learner -> !learner.failures().isEmpty())
            .map(
                learner ->
                    "%s: %s items had no result; the first: %s"
                        .formatted(
                            learner.role().text(),
                            learner.failures().size(),
                            learner.failures().get(0)))
            .toList();
    return new SearchResult(
        List.of(),
        source.artefacts(state.families(), first, List.of()),
        List.of(),
        List.of(),
        remarks,
        soFar(state));
  }

  @Override
  public List<Section> soFar(MetaState state) {
    List<Backbone> backbones = state.families().stream().map(source::backbone).toList();
    return new MetaReport(state, backbones).sections();
  }

  @Override
  public Progress progress(MetaState state) {
    long done = state.learners().stream().mapToLong(Learner::planned).sum();
    if (state.finished()) {
      return new Progress("meta-learning", done, done, List.of());
    }
    Learner first = state.learners().get(0);
    long round =
        first.rounds() > 0
            ? first.planned() / first.rounds()
            : plan(state).stream().mapToLong(WorkItem::plannedCost).sum();
    long learning =
        state.learners().stream().filter(each -> each.role() != Role.FROM_SCRATCH).count();
    long all = round * settings.rounds() * learning;
    Learner learner = state.learner();
    List<Progress.Measure> measures = new ArrayList<>();
    for (int i = 0; i < learner.baselines().size() && learner.rounds() > 0; i++) {
      measures.add(
          new Progress.Measure(
              state.families().get(i).name() + ", score", learner.baselines().get(i)));
    }
    return new Progress(learner.role().text(), done, Math.max(done, all), measures);
  }

  @Override
  public RoundBytes largestRound(MetaState state) {
    long view = codecs().view().encode(view(state)).length + 1024L;
    long tasks = Math.max(settings.tasksPerRound(), MetaPlan.JUDGED_AT_ONCE);
    return new RoundBytes(view, tasks * TASK_BYTES, sums(state).bytes(), tasks * TASK_BYTES);
  }

  @Override
  public SearchCodecs<MetaState, MetaView, MetaItem, MetaResult> codecs() {
    return SearchCodecs.ofRecords(
        MetaState.class, MetaView.class, MetaItem.class, MetaResult.class);
  }
}
