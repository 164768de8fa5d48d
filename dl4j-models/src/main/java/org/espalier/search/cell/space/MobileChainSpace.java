package org.espalier.search.cell.space;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.espalier.cost.LayerCost;
import org.espalier.cost.Resource;
import org.espalier.report.Section;
import org.espalier.report.Table;
import org.espalier.search.cell.space.Decision.Effect;
import org.espalier.search.cell.space.Decision.Kind;
import org.espalier.search.space.CostModel;
import org.espalier.settings.SettingException;

/**
 * Chains of inverted residuals: for each layer the kernel of its depthwise convolution and how far
 * it expands, or that it is left out (Cai, Zhu and Han, "ProxylessNAS", 2019, section 4.1), and for
 * each stage how many of its layers there are (Hu et al., "TF-NAS", 2020, section 3.3).
 *
 * <p>Five stages follow a 3x3 convolution and a depthwise separable one, in the proportions of
 * EfficientNet (Tan and Le, 2019, table 1). Images are halved as often as leaves at least 4 pixels
 * a side, at most five times, late stages first, so that images of 8 to 224 pixels and more fit.
 *
 * @param layers that a stage has at most, from 1 to 8
 * @param kernels that a depthwise convolution can have, odd and rising
 * @param expansions channels of that convolution for each that the layer reads, rising; with 1 the
 *     layer has no expanding convolution
 * @param skeleton where {@link Skeleton#cells} are the blocks that a layer stands for, usually 1,
 *     and {@link Skeleton#channels} those of the first convolution
 */
public record MobileChainSpace(
    int layers, List<Integer> kernels, List<Integer> expansions, Skeleton skeleton)
    implements GatedSpace {
  /** Stages that are searched. */
  static final int STAGES = 5;

  private static final int MOST_LAYERS = 8;

  /** The option that leaves a layer out. */
  static final String SKIP = "skip";

  /**
   * An inverted residual.
   *
   * @param kernel of its depthwise convolution
   * @param expansion channels of that for each that it reads
   */
  record Inverted(int kernel, int expansion) {
    String text() {
      return "k%se%s".formatted(kernel, expansion);
    }
  }

  public MobileChainSpace {
    kernels = List.copyOf(kernels);
    expansions = List.copyOf(expansions);
    Objects.requireNonNull(skeleton, "skeleton");
    if (layers < 1 || layers > MOST_LAYERS) {
      throw new SettingException(
          "layers", "must be from 1 to %s, got %s".formatted(MOST_LAYERS, layers));
    }
    checkRising("kernels", kernels);
    checkRising("expansions", expansions);
    if (kernels.stream().anyMatch(kernel -> kernel % 2 == 0)) {
      throw new SettingException("kernels", "must be odd, got " + kernels);
    }
  }

  private static void checkRising(String key, List<Integer> values) {
    if (values.isEmpty()
        || values.get(0) < 1
        || !values.equals(List.copyOf(new TreeSet<>(values)))) {
      throw new SettingException(key, "must be positive and rising, at least one, got " + values);
    }
  }

  /** What a layer can be, in the order of the options. */
  List<Inverted> kinds() {
    return kernels.stream()
        .flatMap(kernel -> expansions.stream().map(expansion -> new Inverted(kernel, expansion)))
        .toList();
  }

  @Override
  public MobileChainSpace with(int cells, int channels) {
    return new MobileChainSpace(layers, kernels, expansions, skeleton.of(cells, channels));
  }

  @Override
  public String name() {
    return "%s of at most %s layers a stage, kernels %s, expansions %s, %s"
        .formatted(title(), layers, kernels, expansions, skeleton.describe());
  }

  @Override
  public String title() {
    return "mobile-chain";
  }

  @Override
  public Set<Integer> idle(List<Integer> picks) {
    Set<Integer> idle = new TreeSet<>();
    for (int stage = 1; stage <= STAGES; stage++) {
      for (int layer = picks.get(depthChoice(stage)) + 2; layer <= layers; layer++) {
        idle.add(layerChoice(stage, layer));
      }
    }
    return idle;
  }

  /**
   * With as many layers a stage as are not left out, first those that there are; the rest are left
   * out.
   */
  @Override
  public List<Integer> canonical(List<Integer> picks) {
    int skip = kinds().size();
    List<Integer> canonical = new ArrayList<>(picks);
    for (int stage = 1; stage <= STAGES; stage++) {
      int first = layerChoice(stage, 1);
      List<Integer> there =
          picks.subList(first, first + 1 + picks.get(depthChoice(stage))).stream()
              .filter(option -> option != skip)
              .toList();
      canonical.set(depthChoice(stage), there.size() - 1);
      for (int layer = 0; layer < layers; layer++) {
        canonical.set(first + layer, layer < there.size() ? there.get(layer) : skip);
      }
    }
    return List.copyOf(canonical);
  }

  /** The choice of how many layers a stage has, one more than its option. */
  int depthChoice(int stage) {
    return (stage - 1) * (1 + layers);
  }

  /** The choice of what a layer is; both are counted from 1. */
  int layerChoice(int stage, int layer) {
    return depthChoice(stage) + layer;
  }

  @Override
  public List<Decision> decisions() {
    List<Decision.Option> options =
        kinds().stream().map(each -> new Decision.Option(each.text(), Effect.LEARNED)).toList();
    List<Decision.Option> more = new ArrayList<>(options);
    more.add(new Decision.Option(SKIP, Effect.SKIP));
    List<String> depths = IntStream.rangeClosed(1, layers).mapToObj(Integer::toString).toList();
    List<Decision> decisions = new ArrayList<>();
    for (int stage = 1; stage <= STAGES; stage++) {
      String place = "stage" + stage;
      decisions.add(Decision.structure(place + "/depth", Kind.DEPTH, place, depths));
      for (int layer = 1; layer <= layers; layer++) {
        String name = place + "/layer" + layer;
        decisions.add(new Decision(name, Kind.OPERATION, name, layer == 1 ? options : more));
      }
    }
    return List.copyOf(decisions);
  }

  /** The layers of each stage, such as {@code k3e6 skip k5e3, ...}. */
  @Override
  public String describe(List<Integer> picks) {
    List<Decision> decisions = decisions();
    return IntStream.rangeClosed(1, STAGES)
        .mapToObj(
            stage ->
                IntStream.rangeClosed(1, 1 + picks.get(depthChoice(stage)))
                    .map(layer -> layerChoice(stage, layer))
                    .mapToObj(at -> decisions.get(at).options().get(picks.get(at)).name())
                    .collect(Collectors.joining(" ")))
        .collect(Collectors.joining(", "));
  }

  /** A table of the layers of each stage: chains have no edges to draw. */
  @Override
  public List<Section> drawings(String title, List<Integer> picks) {
    List<String> columns = new ArrayList<>(List.of("stage"));
    IntStream.rangeClosed(1, layers).forEach(layer -> columns.add("layer " + layer));
    List<List<String>> rows = new ArrayList<>();
    Set<Integer> idle = idle(picks);
    List<Decision> decisions = decisions();
    for (int stage = 1; stage <= STAGES; stage++) {
      List<String> row = new ArrayList<>(List.of(Integer.toString(stage)));
      for (int layer = 1; layer <= layers; layer++) {
        int choice = layerChoice(stage, layer);
        row.add(
            idle.contains(choice)
                ? "-"
                : decisions.get(choice).options().get(picks.get(choice)).name());
      }
      rows.add(row);
    }
    return List.of(new Table(title + ": kernel and expansion of each layer", columns, rows));
  }

  @Override
  public Gated supernet(List<List<Integer>> options, Form form) {
    return drawn().supernet(options, form);
  }

  @Override
  public CostModel cost(Resource resource) {
    return drawn().cost(resource);
  }

  @Override
  public Collection<LayerCost> everyLayer() {
    return drawn().layerCosts().values();
  }

  Drawn drawn() {
    return new Drawn(title(), skeleton.input(), decisions(), this::draw);
  }

  private <V> V draw(Sketch<V> sketch) {
    return new ChainDrawing<>(this, new Blocks<>(sketch)).draw();
  }
}
