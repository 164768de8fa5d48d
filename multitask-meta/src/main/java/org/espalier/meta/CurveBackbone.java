package org.espalier.meta;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.espalier.autograd.Tape;
import org.espalier.search.space.PricedChoices;
import org.espalier.storage.Floats;
import org.espalier.task.Task;
import org.espalier.tensor.Shape;

/**
 * Networks for curves: hidden layers of one width, each with a function to pick and weights of its
 * own for each function. Gated is the last layer: gates on the others would change frequencies, so
 * that a sine could be anything.
 *
 * @param layers hidden layers, at least 1
 * @param width of a hidden layer, at least 1
 */
record CurveBackbone(int layers, int width) implements Backbone {
  /** What a hidden layer may compute. */
  enum Function {
    SINE,
    IDENTITY,
    SQUARE,
    RELU;

    private String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final String LAST = "last/";

  /** By which inputs are divided for the embedding. */
  private static final double REACH = 4;

  CurveBackbone {
    if (layers < 1 || width < 1) {
      throw new IllegalArgumentException(
          "layers and width must be at least 1, got %s and %s".formatted(layers, width));
    }
  }

  private static String name(int layer, Function function) {
    return "layer%s/%s".formatted(layer, function.text());
  }

  private Shape shape(int layer) {
    return Shape.of((layer == 0 ? 1 : width) + 1, width);
  }

  /** The last layer is one for each function of the last hidden layer: those differ in scale. */
  private static String last(Function function) {
    return LAST + function.text();
  }

  @Override
  public MetaLayout layout() {
    List<MetaLayout.Slot> slots = new ArrayList<>();
    slots()
        .forEach(
            (name, shape) ->
                slots.add(new MetaLayout.Slot(name, name, shape, name.startsWith(LAST))));
    return new MetaLayout(slots);
  }

  private Map<String, Shape> slots() {
    Map<String, Shape> slots = new LinkedHashMap<>();
    for (int layer = 0; layer < layers; layer++) {
      for (Function function : Function.values()) {
        slots.put(name(layer, function), shape(layer));
      }
    }
    for (Function function : Function.values()) {
      slots.put(last(function), Shape.of(width + 1, 1));
    }
    return slots;
  }

  @Override
  public Floats initial(RandomGenerator random) {
    float[] values = new float[layout().size()];
    int at = 0;
    for (Map.Entry<String, Shape> slot : slots().entrySet()) {
      Shape shape = slot.getValue();
      double reach = spread(slot.getKey()) / StrictMath.sqrt(shape.dimension(0) - 1.0);
      for (int i = 0; i < shape.size(); i++) {
        values[at++] = (float) (reach * random.nextGaussian());
      }
    }
    return Floats.owning(values);
  }

  /**
   * Of first weights, for inputs up to 5 or so: frequencies of sines are near 1, all other units
   * begin within 1, and predictions near 0, so that the first steps of adaptation fit the last
   * layer.
   */
  private static double spread(String slot) {
    if (slot.startsWith(LAST)) {
      return 0.1;
    }
    return slot.endsWith(Function.SINE.text()) ? 1 : 0.2;
  }

  @Override
  public PricedChoices choices() {
    return new PricedChoices(Collections.nCopies(layers, Function.values().length), List.of());
  }

  @Override
  public String describe(List<Integer> picks) {
    return functions(picks).stream().map(Function::text).collect(Collectors.joining(" "));
  }

  private static List<Function> functions(List<Integer> picks) {
    return picks.stream().map(pick -> Function.values()[pick]).toList();
  }

  @Override
  public long macs(List<Integer> picks) {
    return 2L * width + (layers - 1L) * width * width;
  }

  @Override
  public String key(List<Integer> picks) {
    return "curves/%s/%s/%s".formatted(layers, width, describe(picks));
  }

  @Override
  public TaskNetwork network(List<Integer> picks, Tape tape) {
    List<Function> functions = functions(picks);
    Map<String, Shape> parameters = new LinkedHashMap<>();
    for (int layer = 0; layer < layers; layer++) {
      parameters.put(name(layer, functions.get(layer)), shape(layer));
    }
    parameters.put(last(functions.get(layers - 1)), Shape.of(width + 1, 1));
    return new CurveNetwork(layout(), parameters, functions, tape);
  }

  @Override
  public int tokenSize() {
    return 5;
  }

  /**
   * Each point {@code (x, y)} as {@code x, y, x y, x^2 y, x^3 y}, where y is brought to mean 0 and
   * deviation 1 within the task: over several points their means tell lines from other curves,
   * however steep.
   */
  @Override
  public double[] tokens(Task task) {
    float[] targets = task.support().targets();
    double mean = 0;
    for (float target : targets) {
      mean += target / (double) targets.length;
    }
    double variance = 0;
    for (float target : targets) {
      variance += (target - mean) * (target - mean) / targets.length;
    }
    double deviation = StrictMath.sqrt(variance + 1e-6);
    double[] tokens = new double[tokenSize() * targets.length];
    for (int i = 0; i < targets.length; i++) {
      double x = task.support().inputs()[i] / REACH;
      double y = (targets[i] - mean) / deviation;
      double[] token = {x, y, x * y, x * x * y, x * x * x * y};
      System.arraycopy(token, 0, tokens, i * token.length, token.length);
    }
    return tokens;
  }
}
