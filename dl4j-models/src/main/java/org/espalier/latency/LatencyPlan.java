package org.espalier.latency;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.espalier.cost.LatencyTable;
import org.espalier.cost.LayerCost;
import org.espalier.cost.NetworkCost;
import org.espalier.export.OnnxExport;
import org.espalier.network.ImageShape;
import org.espalier.network.Layer;
import org.espalier.network.NetworkBuilder;
import org.espalier.network.NetworkSpec;
import org.espalier.network.NetworkSpecs;
import org.espalier.search.space.Space;
import org.espalier.storage.Hashes;
import org.espalier.tensor.Seeds;

/**
 * What is measured to know the latency of a space's networks: each operation by itself, networks
 * from which the correction is learnt, and others on which it is checked. They are random among
 * those of which every layer is computed: where an edge without operation makes another one idle,
 * or two edges pool the same, a device does less than the layers say, and the sum is too large.
 */
public final class LatencyPlan {
  private static final int DRAWS = 200;

  private final Space space;
  private final Map<String, Operation> operations;
  private final List<List<Integer>> learnt;
  private final List<List<Integer>> checked;

  private LatencyPlan(Space space, List<List<Integer>> learnt, List<List<Integer>> checked) {
    this.space = space;
    this.operations = Operation.of(space.everyLayer());
    this.learnt = List.copyOf(learnt);
    this.checked = List.copyOf(checked);
  }

  /**
   * A plan. Where the space has fewer networks than asked for, both parts are smaller by the same
   * share.
   *
   * @param learn networks for the correction, at least 0
   * @param check other networks for the check, at least 0
   * @param seed of their draw
   */
  public static LatencyPlan of(Space space, int learn, int check, long seed) {
    int count = learn + check;
    Set<List<Integer>> drawn = new LinkedHashSet<>();
    RandomGenerator random = Seeds.generator(seed);
    for (int draw = 0; draw < DRAWS * count && drawn.size() < count; draw++) {
      List<Integer> picks = space.sizes().stream().map(random::nextInt).toList();
      if (OnnxExport.computesEachLayer(space.network(picks))) {
        drawn.add(picks);
      }
    }
    List<List<Integer>> networks = List.copyOf(drawn);
    int first = count == 0 ? 0 : (int) ((long) networks.size() * learn / count);
    return new LatencyPlan(
        space, networks.subList(0, first), networks.subList(first, networks.size()));
  }

  /** What the networks are: {@link Space#name}. */
  public String space() {
    return space.name();
  }

  /** How many operations are measured. */
  public int operations() {
    return operations.size();
  }

  /** How many networks are measured whole: for the correction and for the check. */
  public int networks() {
    return learnt.size() + checked.size();
  }

  /** Signatures that a table needs, rising; the others serve to measure these. */
  Set<String> needed() {
    return space.everyLayer().stream()
        .flatMap(layer -> layer.signature().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  Map<String, Operation> byName() {
    return operations;
  }

  /** The networks that are timed, by names that are unique. */
  Map<String, NetworkSpec> models() {
    Map<String, NetworkSpec> models = new LinkedHashMap<>();
    models.put(
        Whole.CALL,
        new NetworkBuilder("call", new ImageShape(1, 1, 1))
            .with("mean", new Layer.GlobalAveragePooling(), NetworkSpec.INPUT)
            .build());
    operations.forEach(
        (signature, operation) -> {
          models.put(one(signature), operation.network(1));
          models.put(several(signature), operation.network(Operation.COPIES));
        });
    wholes().forEach((name, picks) -> models.put(name, space.network(picks)));
    return models;
  }

  /** The whole networks by name. */
  Map<String, List<Integer>> wholes() {
    Map<String, List<Integer>> wholes = new LinkedHashMap<>();
    learnt.forEach(picks -> wholes.put(Whole.name(Whole.LEARN, picks), picks));
    checked.forEach(picks -> wholes.put(Whole.name(Whole.CHECK, picks), picks));
    return wholes;
  }

  /** Whether a name is that of a whole network of the space. */
  boolean isWhole(String name) {
    if (!Whole.is(name)) {
      return false;
    }
    List<Integer> picks = Whole.picks(name);
    List<Integer> sizes = space.sizes();
    return picks.size() == sizes.size()
        && IntStream.range(0, sizes.size()).allMatch(i -> picks.get(i) < sizes.get(i));
  }

  static String one(String signature) {
    return "1 of " + signature;
  }

  static String several(String signature) {
    return Operation.COPIES + " of " + signature;
  }

  /** Tells plans apart: a hash of what is timed. */
  String key() {
    String all =
        models().entrySet().stream()
            .map(each -> each.getKey() + " " + NetworkSpecs.hash(each.getValue()))
            .collect(Collectors.joining("\n", space() + "\n", ""));
    return Hashes.hex(all.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The table that measurements make.
   *
   * @param device where they were made
   * @param measured rounds of each of {@link #models}
   */
  LatencyTable table(LatencyTable.Device device, Map<String, Measured> measured) {
    Map<String, LatencyTable.Time> times = new TreeMap<>();
    Function<Operation, LatencyTable.Time> time =
        operation ->
            Measured.copy(
                measured.get(one(operation.signature())),
                measured.get(several(operation.signature())),
                operation.besides().stream()
                    .mapToDouble(sum -> times.get(sum.signature()).microseconds())
                    .sum());
    // Sums first, which others are measured with.
    operations.values().stream()
        .filter(operation -> operation.besides().isEmpty())
        .forEach(operation -> times.put(operation.signature(), time.apply(operation)));
    operations.values().stream()
        .filter(operation -> !operation.besides().isEmpty())
        .forEach(operation -> times.put(operation.signature(), time.apply(operation)));
    Map<String, Double> wholes = new LinkedHashMap<>();
    wholes.put(Whole.CALL, measured.get(Whole.CALL).quartile());
    wholes().keySet().forEach(name -> wholes.put(name, measured.get(name).quartile()));
    return table(device, times, wholes);
  }

  /**
   * The table of some times.
   *
   * @param device where they were measured
   * @param times of operations by signature
   * @param wholes microseconds of whole networks by {@link Whole} name, and of a call
   */
  LatencyTable table(
      LatencyTable.Device device,
      Map<String, LatencyTable.Time> times,
      Map<String, Double> wholes) {
    List<CorrectionFit.Sample> samples = new ArrayList<>();
    wholes.forEach(
        (name, time) -> {
          if (name.startsWith(Whole.LEARN)) {
            samples.add(CorrectionFit.Sample.of(signatures(Whole.picks(name)), times, time));
          }
        });
    LatencyTable.Correction correction =
        CorrectionFit.of(wholes.getOrDefault(Whole.CALL, 0.0), samples);
    List<LatencyTable.Checked> check = new ArrayList<>();
    wholes.forEach(
        (name, time) -> {
          if (name.startsWith(Whole.CHECK)) {
            List<Integer> picks = Whole.picks(name);
            double sum = 0;
            double predicted = correction.network();
            for (String signature : signatures(picks)) {
              sum += times.get(signature).microseconds();
              predicted += correction.of(signature, times.get(signature).microseconds());
            }
            check.add(new LatencyTable.Checked(space.describe(picks), time, sum, predicted));
          }
        });
    return new LatencyTable(LatencyTable.FORMAT, space(), device, times, correction, check);
  }

  private List<String> signatures(List<Integer> picks) {
    List<String> signatures = new ArrayList<>();
    for (LayerCost layer : NetworkCost.of(space.network(picks)).layers()) {
      layer.signature().ifPresent(signatures::add);
    }
    return signatures;
  }
}
