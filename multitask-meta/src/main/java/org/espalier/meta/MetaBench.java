package org.espalier.meta;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.espalier.autograd.Tape;
import org.espalier.autograd.Variable;
import org.espalier.search.Contribution;
import org.espalier.search.DataLoader;
import org.espalier.search.Reusable;
import org.espalier.search.Sums;
import org.espalier.search.space.FeasibleCandidates;
import org.espalier.search.space.PricedChoices;
import org.espalier.storage.Floats;
import org.espalier.task.MetaPart;
import org.espalier.task.Task;
import org.espalier.tensor.Arena;
import org.espalier.tensor.Precision;
import org.espalier.tensor.Seeds;

/**
 * Where an executor adapts to tasks: their families, the networks it has built, and the guide.
 * Belongs to one thread.
 */
final class MetaBench implements Reusable {
  /** The name of the guide's sum; blocks of weights have other names. */
  static final String GUIDE = "guide";

  /** The name of the sum that counts the tasks which used each block of weights. */
  static final String USES = "uses";

  /** The name of the sum of the gradients of the rates' logarithms, one a block. */
  static final String RATES = "rates";

  private static final long ORDERS = 1;
  private static final long PICKS = 2;
  private static final int NETWORKS = 32;

  private final List<Domain> domains;
  private final InnerSettings inner;
  private final OuterRule rule;
  private final GuideShape shape;
  private final Guide guide;
  private final Tape tape = new Tape(Arena.create(Precision.FLOAT32));
  private final Map<String, TaskNetwork> networks = new LinkedHashMap<>();

  /**
   * A bench.
   *
   * @param domains of all families
   * @param blind whether the guide knows nothing of the task
   */
  MetaBench(List<Domain> domains, MetaLearning settings, boolean blind) {
    this.domains = List.copyOf(domains);
    this.inner = settings.inner();
    this.rule = settings.outer().rule();
    this.shape = guideShape(domains.get(0).backbone(), settings.embedding(), blind);
    this.guide = new Guide(shape);
  }

  /** The guide of a mixture whose families all have the tokens and choices of one backbone. */
  static GuideShape guideShape(Backbone backbone, EmbeddingSettings embedding, boolean blind) {
    return new GuideShape(
        blind ? embedding.blind() : embedding,
        backbone.tokenSize(),
        backbone.layout().gates(),
        backbone.choices().sizes());
  }

  static MetaBench open(
      DomainSource source,
      List<DomainFacts> families,
      MetaLearning settings,
      DataLoader data,
      boolean blind) {
    List<Domain> domains = families.stream().map(each -> source.domain(each, data)).toList();
    return new MetaBench(domains, settings, blind);
  }

  /** The network of some picks, built once. */
  TaskNetwork network(Domain domain, List<Integer> picks) {
    String key = domain.backbone().key(picks);
    TaskNetwork known = networks.remove(key);
    TaskNetwork network = known == null ? domain.backbone().network(picks, tape) : known;
    networks.put(key, network);
    if (networks.size() > NETWORKS) {
      String oldest = networks.keySet().iterator().next();
      networks.remove(oldest).close();
    }
    return network;
  }

  /** Adapts to each task of an item, and adds up how the weights before should have been. */
  Contribution<MetaResult> learn(MetaView view, MetaItem.Learn item) {
    SumOfSums sums = new SumOfSums();
    List<MetaResult.Adapted> adapted = new ArrayList<>();
    double entropy = 0;
    double reconstruction = 0;
    for (int i = 0; i < item.tasks().size(); i++) {
      MetaItem.Draw draw = item.tasks().get(i);
      Domain domain = domains.get(draw.family());
      Task task = domain.tasks().draw(MetaPart.TRAIN, draw.seed());
      Chosen chosen = choose(view, domain, task, Seeds.mix(item.seed(), i), true);
      double baseline = view.baselines().get(draw.family());
      Lesson lesson = lesson(view, domain, task, chosen, baseline);
      if (!Double.isFinite(lesson.passed().loss())) {
        return Contribution.failure(
            "the loss of task %s of %s was not finite after adaptation with %s"
                .formatted(
                    i + 1, domain.facts().name(), domain.backbone().describe(chosen.picks())));
      }
      sums.add(lesson.sums());
      long work =
          passes(domain.facts(), inner.steps(), rule) * domain.backbone().macs(chosen.picks());
      adapted.add(adapted(draw, domain, chosen.picks(), lesson.passed(), work, Floats.EMPTY));
      entropy += chosen.entropy() / item.tasks().size();
      reconstruction += chosen.reconstruction() / item.tasks().size();
    }
    return Contribution.of(new MetaResult.Learned(adapted, entropy, reconstruction), sums.total());
  }

  /** Adapts to each task of an item. */
  Contribution<MetaResult> judge(MetaView view, MetaItem.Judge item) {
    List<MetaResult.Adapted> adapted = new ArrayList<>();
    for (int i = 0; i < item.tasks().size(); i++) {
      MetaItem.Draw draw = item.tasks().get(i);
      MetaItem.Draw other = item.guides().get(i);
      Domain domain = domains.get(draw.family());
      Domain guiding = domains.get(other.family());
      Task task = domain.tasks().draw(item.part(), draw.seed());
      if (view.mode() instanceof MetaView.FromScratch) {
        adapted.add(fromScratch(draw, domain, task, Seeds.mix(item.seed(), i)));
        continue;
      }
      Task seen = other.equals(draw) ? task : guiding.tasks().draw(item.part(), other.seed());
      Chosen chosen =
          choose(view, domain, guiding.backbone().tokens(seen), Seeds.mix(item.seed(), i), false);
      TaskNetwork network = network(domain, chosen.picks());
      float[] start = network.binding().start(view.shared(), chosen.gates());
      List<float[]> path =
          inner
              .judging()
              .descend(
                  (at, slopes) -> network.support(task, at, slopes).loss(),
                  start,
                  factors(view.rates(), network));
      TaskNetwork.Passed passed = network.judge(task, path.get(path.size() - 1));
      long passes =
          (inner.judging().steps() * 3L + 1) * domain.facts().support() + domain.facts().query();
      long work = passes * domain.backbone().macs(chosen.picks());
      adapted.add(adapted(draw, domain, chosen.picks(), passed, work, chosen.embedding()));
    }
    return Contribution.of(new MetaResult.Judged(adapted));
  }

  private MetaResult.Adapted fromScratch(MetaItem.Draw draw, Domain domain, Task task, long seed) {
    ScratchSearch search = new ScratchSearch(inner.judging(), picks -> network(domain, picks));
    ScratchSearch.Found found = search.adapt(domain, task, seed);
    return adapted(draw, domain, found.picks(), found.passed(), found.work(), Floats.EMPTY);
  }

  /** Forward passes that a task takes while learning, a backward one counted as two. */
  static long passes(DomainFacts facts, int steps, OuterRule rule) {
    long support = rule == OuterRule.SECOND_ORDER ? 3L * steps : steps;
    return 3 * (support * facts.support() + facts.support() + facts.learningQuery());
  }

  private static MetaResult.Adapted adapted(
      MetaItem.Draw draw,
      Domain domain,
      List<Integer> picks,
      TaskNetwork.Passed passed,
      long work,
      Floats embedding) {
    long macs = domain.backbone().macs(picks);
    boolean finite = Double.isFinite(passed.loss());
    double loss = finite ? passed.loss() : Double.MAX_VALUE;
    // Logits that are no numbers look like the first class, and would be right now and then.
    double score = finite ? passed.score() : Math.min(0, passed.score());
    return new MetaResult.Adapted(draw.family(), picks, macs, work, loss, score, embedding);
  }

  /**
   * What was chosen for a task.
   *
   * @param picks of its network
   * @param gates of all weights
   * @param embedding of the task
   * @param entropy of the controller
   * @param reconstruction loss of the embedding
   * @param graph what the guide has computed; none if it was not asked
   */
  @SuppressWarnings("ArrayRecordComponent") // never leaves this class
  private record Chosen(
      List<Integer> picks,
      double[] gates,
      Floats embedding,
      double entropy,
      double reconstruction,
      List<Graph> graph) {}

  private record Graph(Guide.Embedded embedded, List<Guide.Picked> picked, Variable gates) {}

  private Chosen choose(MetaView view, Domain domain, Task task, long seed, boolean learns) {
    return choose(view, domain, domain.backbone().tokens(task), seed, learns);
  }

  private Chosen choose(MetaView view, Domain domain, double[] tokens, long seed, boolean learns) {
    if (view.mode() instanceof MetaView.Fixed fixed) {
      double[] open = new double[shape.gates];
      java.util.Arrays.fill(open, 1);
      return new Chosen(fixed.picks(), open, Floats.EMPTY, 0, 0, List.of());
    }
    guide.load(view.guide(), learns);
    PricedChoices choices = domain.backbone().choices();
    RandomGenerator random = Seeds.generator(seed, PICKS);
    Guide.Embedded embedded = guide.embed(tokens, Seeds.generator(seed, ORDERS));
    List<Guide.Picked> picked = new ArrayList<>();
    List<Integer> picks;
    if (learns && view.entropyWeight() < 0) {
      picks = FeasibleCandidates.sample(choices, 1, random).get(0);
    } else {
      Guide.Decider decider = learns ? Guide.drawing(random) : Guide.best();
      picked.add(guide.pick(embedded, choices, learns ? view.floor() : 0, decider));
      picks = picked.get(0).picks();
    }
    Variable gates = guide.gates(embedded);
    double entropy = picked.isEmpty() ? 0 : picked.get(0).entropy().value().item();
    return new Chosen(
        picks,
        gates.value().toDoubles(),
        floats(embedded.numbers()),
        entropy,
        embedded.reconstruction().value().item(),
        List.of(new Graph(embedded, picked, gates)));
  }

  private static Floats floats(double[] numbers) {
    float[] values = new float[numbers.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) numbers[i];
    }
    return Floats.owning(values);
  }

  private record Lesson(TaskNetwork.Passed passed, Sums sums) {}

  private Lesson lesson(MetaView view, Domain domain, Task task, Chosen chosen, double baseline) {
    TaskNetwork network = network(domain, chosen.picks());
    InnerLoop.Loss support = (at, slopes) -> network.support(task, at, slopes).loss();
    InnerLoop loop = inner.learning();
    Binding binding = network.binding();
    float[] start = binding.start(view.shared(), chosen.gates());
    float[] factors = factors(view.rates(), network);
    OuterRule.Adaptation adaptation =
        new OuterRule.Adaptation(loop, support, loop.descend(support, start, factors), factors);
    float[] query = new float[binding.size()];
    TaskNetwork.Passed passed = network.query(task, adaptation.last(), query);
    double[] toGates = new double[shape.gates];
    float[] gradient = rule.gradient(adaptation, query);
    Sums sums =
        binding
            .shared(gradient, view.shared(), chosen.gates(), toGates)
            .and(USES, binding.uses())
            .and(RATES, binding.byBlocks(query, moved(start, adaptation.last())));
    for (Graph graph : chosen.graph()) {
      sums =
          sums.and(
              GUIDE,
              slopes(view, graph, toGates, new Scored(chosen.picks(), passed.score(), baseline)));
    }
    return new Lesson(passed, sums);
  }

  /** What the inner rate is multiplied by, weight by weight. */
  static float[] factors(Floats rates, TaskNetwork network) {
    float[] factors = rates.toArray();
    for (int i = 0; i < factors.length; i++) {
      factors[i] = (float) StrictMath.exp(factors[i]);
    }
    return network.binding().ofBlocks(factors);
  }

  /**
   * How far adaptation went. Its product with the query's gradient is the derivative by the
   * logarithm of a factor, as if later steps did not depend on earlier ones.
   */
  private static float[] moved(float[] start, float[] last) {
    float[] moved = new float[start.length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = last[i] - start[i];
    }
    return moved;
  }

  /** How good a task's picks were, and how good its family's tasks are. */
  private record Scored(List<Integer> picks, double score, double baseline) {}

  /**
   * Gradient of the guide: what gates carry on, the embedding's own loss, the critic's, and
   * REINFORCE.
   */
  private float[] slopes(MetaView view, Graph graph, double[] toGates, Scored scored) {
    List<Variable> terms = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    terms.add(guide.along(graph.gates(), toGates));
    weights.add(1.0);
    terms.add(graph.embedded().reconstruction());
    weights.add(shape.embedding.reconstruction());
    terms.add(guide.distance(guide.expected(graph.embedded(), scored.picks()), scored.score()));
    weights.add(1.0);
    double advantage = scored.score() - scored.baseline();
    for (Guide.Picked picked : graph.picked()) {
      terms.add(picked.logProbability());
      weights.add(-advantage);
      terms.add(picked.entropy());
      weights.add(-view.entropyWeight());
    }
    Variable loss =
        guide.weighted(terms, weights.stream().mapToDouble(Double::doubleValue).toArray());
    return floats(guide.gradient(loss)).toArray();
  }

  /** Bytes that did not fit into the memory of the steps of its networks. */
  long spilledBytes() {
    return tape.arena().spilledBytes();
  }

  @Override
  public void spoil() {
    guide.spoil();
    tape.arena().spoil();
    networks.values().forEach(TaskNetwork::spoil);
  }

  @Override
  public void close() {
    guide.close();
    tape.close();
    networks.values().forEach(TaskNetwork::close);
    networks.clear();
  }
}
