package org.espalier.meta;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.espalier.autograd.Activations;
import org.espalier.autograd.Channels;
import org.espalier.autograd.Elementwise;
import org.espalier.autograd.Losses;
import org.espalier.autograd.Matrices;
import org.espalier.autograd.Recurrences;
import org.espalier.autograd.Reductions;
import org.espalier.autograd.Tape;
import org.espalier.autograd.Variable;
import org.espalier.search.Reusable;
import org.espalier.search.policy.Softmax;
import org.espalier.search.space.PricedChoices;
import org.espalier.storage.Floats;
import org.espalier.tensor.Arena;
import org.espalier.tensor.Precision;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/**
 * What M-NAS (Wang et al., AAAI 2020) does before it adapts to a task: a recurrent auto-encoder
 * embeds the support examples, a controller that sees the embedding picks one operation after the
 * other, and gates made of the embedding modulate the weights. It differs in the units, which are
 * those of an LSTM in all three places, and in that gradients of the controller and of the gates
 * reach the embedding. In float64, on a tape of its own; belongs to one thread.
 */
final class Guide implements Reusable {
  private static final double FORBIDDEN = -1e9;

  private final GuideShape shape;
  private final Tape tape = new Tape(Arena.create(Precision.FLOAT64));
  private final Map<String, Variable> parameters = new LinkedHashMap<>();

  Guide(GuideShape shape) {
    this.shape = shape;
  }

  /**
   * Starts a task.
   *
   * @param values of all parameters
   * @param learns whether {@link #gradient} will be asked for
   */
  void load(Floats values, boolean learns) {
    tape.reset();
    parameters.clear();
    shape
        .parts()
        .forEach(
            (name, part) -> {
              double[] numbers = new double[Math.toIntExact(part.shape().size())];
              for (int i = 0; i < numbers.length; i++) {
                numbers[i] = values.get(part.start() + i);
              }
              parameters.put(
                  name,
                  learns
                      ? tape.input(part.shape(), numbers)
                      : tape.constant(part.shape(), numbers).retain());
            });
  }

  private Variable parameter(String name) {
    return Objects.requireNonNull(parameters.get(name), name);
  }

  private Variable layer(String name, Variable... inputs) {
    return Recurrences.linear(List.of(inputs), parameter(name));
  }

  private Variable zeros(int rows) {
    return filled(rows, shape.embedding.units(), 0);
  }

  private Variable filled(int rows, int width, double value) {
    double[] values = new double[rows * width];
    Arrays.fill(values, value);
    return tape.constant(Shape.of(rows, width), values).retain();
  }

  /**
   * A task's embedding.
   *
   * @param values {@code [1, units]}
   * @param reconstruction loss of writing the examples down again
   */
  record Embedded(Variable values, Variable reconstruction) {
    /** The numbers. */
    double[] numbers() {
      return values.value().toDoubles();
    }
  }

  /**
   * Embeds a task.
   *
   * @param tokens of its support examples, {@code [examples, tokenSize]}
   * @param random for the orders in which they are read
   */
  Embedded embed(double[] tokens, RandomGenerator random) {
    Variable nothing = tape.constant(Shape.of(1), new double[1]);
    return switch (shape.embedding.type()) {
      case NONE -> new Embedded(zeros(1), nothing);
      case DEEP_SETS -> {
        Variable all = tape.constant(Shape.of(tokens.length / shape.tokens, shape.tokens), tokens);
        Variable each = Activations.relu(layer("token", all));
        Variable mean =
            Matrices.reshape(Reductions.meanRows(each), Shape.of(1, shape.embedding.units()));
        yield new Embedded(Activations.tanh(layer("encoder", mean)).retain(), nothing);
      }
      case RECURRENT -> recurrent(tokens, random);
    };
  }

  private Embedded recurrent(double[] tokens, RandomGenerator random) {
    List<Variable> steps = steps(tokens, random);
    int rows = shape.embedding.orders();
    Variable cell = zeros(rows);
    Variable hidden = zeros(rows);
    for (Variable step : steps) {
      Variable seen = Activations.tanh(layer("token", step));
      Variable gates = layer("encoder", seen, hidden);
      cell = Recurrences.cell(gates, cell);
      hidden = Recurrences.output(gates, cell);
    }
    Variable embedding =
        Matrices.reshape(Reductions.meanRows(hidden), Shape.of(1, shape.embedding.units()))
            .retain();
    return new Embedded(embedding, reconstruction(steps, hidden, cell));
  }

  /** The examples one after the other, a row an order. */
  private List<Variable> steps(double[] tokens, RandomGenerator random) {
    int examples = tokens.length / shape.tokens;
    int rows = shape.embedding.orders();
    int[][] orders = new int[rows][];
    for (int row = 0; row < rows; row++) {
      orders[row] = shuffled(examples, random);
    }
    List<Variable> steps = new ArrayList<>();
    for (int step = 0; step < examples; step++) {
      double[] values = new double[rows * shape.tokens];
      for (int row = 0; row < rows; row++) {
        System.arraycopy(
            tokens, orders[row][step] * shape.tokens, values, row * shape.tokens, shape.tokens);
      }
      steps.add(tape.constant(Shape.of(rows, shape.tokens), values).retain());
    }
    return steps;
  }

  private static int[] shuffled(int count, RandomGenerator random) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** From what was held after the last example, the last one first. */
  private Variable reconstruction(List<Variable> steps, Variable embedded, Variable held) {
    Variable cell = held;
    Variable hidden = embedded;
    Variable sum = tape.constant(Shape.of(1), new double[1]);
    for (int step = steps.size() - 1; step >= 0; step--) {
      Variable gates = layer("decoder", embedded, hidden);
      cell = Recurrences.cell(gates, cell);
      hidden = Recurrences.output(gates, cell);
      Variable written = layer("reconstruction", hidden);
      sum = Elementwise.add(sum, Losses.meanSquaredError(written, steps.get(step)));
    }
    return Elementwise.scale(sum, 1.0 / steps.size()).retain();
  }

  /** Decides on an option. */
  @FunctionalInterface
  interface Decider {
    /** The option taken, from the probabilities of all. */
    int decide(int choice, double[] probabilities);
  }

  /** Draws by the probabilities. */
  static Decider drawing(RandomGenerator random) {
    return (choice, probabilities) -> Softmax.draw(probabilities, random);
  }

  /** Takes the most probable; of equals the first. */
  static Decider best() {
    return (choice, probabilities) -> {
      int best = 0;
      for (int option = 1; option < probabilities.length; option++) {
        best = probabilities[option] > probabilities[best] ? option : best;
      }
      return best;
    };
  }

  /**
   * What the controller picked.
   *
   * @param picks an option for each choice
   * @param logProbability of them
   * @param entropy sum over the choices
   */
  record Picked(List<Integer> picks, Variable logProbability, Variable entropy) {}

  /**
   * Picks a network for a task.
   *
   * @param embedded the task
   * @param choices with the budget: what leads to no network within it is never picked
   * @param floor share of every choice that is drawn uniformly, in [0, 1)
   */
  Picked pick(Embedded embedded, PricedChoices choices, double floor, Decider decider) {
    Variable cell = zeros(1);
    Variable hidden = zeros(1);
    Variable logProbability = tape.constant(Shape.of(1, 1), new double[1]);
    Variable entropy = tape.constant(Shape.of(1), new double[1]);
    List<Integer> picks = new ArrayList<>();
    for (int choice = 0; choice < shape.options.size(); choice++) {
      Variable before =
          Matrices.gatherRows(parameter("picked"), choice == 0 ? 0 : 1 + picks.get(choice - 1));
      Variable gates =
          layer("controller", before, embedded.values(), place(choice, picks, choices), hidden);
      cell = Recurrences.cell(gates, cell);
      hidden = Recurrences.output(gates, cell);
      boolean[] allowed = allowed(picks, choice, choices);
      Variable logits = Elementwise.add(layer("choice" + choice, hidden), mask(allowed));
      Variable logarithms = Activations.logSoftmax(logits);
      Variable probabilities = mixed(Elementwise.exp(logarithms), allowed, floor).retain();
      int pick = decider.decide(choice, probabilities.value().toDoubles());
      picks.add(pick);
      logProbability =
          Elementwise.add(
              logProbability, Elementwise.log(Channels.slice(probabilities, pick, pick + 1)));
      Variable information = Elementwise.multiply(Elementwise.exp(logarithms), logarithms);
      entropy = Elementwise.add(entropy, Elementwise.scale(Reductions.sum(information), -1));
    }
    return new Picked(
        List.copyOf(picks), Reductions.sum(logProbability).retain(), entropy.retain());
  }

  /** Which choice it is, and how much of the budget is left. */
  private Variable place(int choice, List<Integer> picks, PricedChoices choices) {
    double[] place = new double[shape.options.size() + 1];
    place[choice] = 1;
    place[place.length - 1] = choices.left(picks, choice);
    return tape.constant(Shape.of(1, place.length), place);
  }

  private boolean[] allowed(List<Integer> picks, int choice, PricedChoices choices) {
    boolean[] allowed = new boolean[shape.options.get(choice)];
    boolean any = false;
    for (int option = 0; option < allowed.length; option++) {
      List<Integer> further = new ArrayList<>(picks);
      further.add(option);
      allowed[option] = choices.allows(further, choice + 1);
      any |= allowed[option];
    }
    if (!any) {
      // Several limits that can each be kept, but not together from here on.
      Arrays.fill(allowed, true);
    }
    return allowed;
  }

  private Variable mask(boolean[] allowed) {
    double[] mask = new double[allowed.length];
    for (int option = 0; option < mask.length; option++) {
      mask[option] = allowed[option] ? 0 : FORBIDDEN;
    }
    return tape.constant(Shape.of(1, mask.length), mask);
  }

  private Variable mixed(Variable probabilities, boolean[] allowed, double floor) {
    if (floor == 0) {
      return probabilities;
    }
    int count = 0;
    for (boolean each : allowed) {
      count += each ? 1 : 0;
    }
    double[] uniform = new double[allowed.length];
    for (int option = 0; option < uniform.length; option++) {
      uniform[option] = allowed[option] ? floor / count : 0;
    }
    return Elementwise.add(
        Elementwise.scale(probabilities, 1 - floor),
        tape.constant(Shape.of(1, uniform.length), uniform));
  }

  /**
   * What the score of a network is expected to be: a number for the task and one for each pick.
   * Learned beside the controller, whatever picked the network, so that embeddings tell tasks apart
   * that want different networks.
   */
  Variable expected(Embedded embedded, List<Integer> picks) {
    double[] taken = new double[1 + shape.options.stream().mapToInt(Integer::intValue).sum()];
    taken[0] = 1;
    int at = 1;
    for (int choice = 0; choice < picks.size(); choice++) {
      taken[at + picks.get(choice)] = 1;
      at += shape.options.get(choice);
    }
    return along(layer("critic", embedded.values()), taken);
  }

  /** Squared distance to a number. */
  Variable distance(Variable variable, double to) {
    Variable wanted = tape.constant(variable.shape(), new double[] {to});
    return Losses.meanSquaredError(variable, wanted);
  }

  /** The gates of a task, {@code [1, gates]}: twice a sigmoid, so near 1 at the start. */
  Variable gates(Embedded embedded) {
    return Elementwise.scale(Activations.sigmoid(layer("gates", embedded.values())), 2).retain();
  }

  /** A sum of variables of one number each, every one with its weight. */
  Variable weighted(List<Variable> terms, double... weights) {
    Variable sum = tape.constant(Shape.of(1), new double[1]);
    for (int i = 0; i < terms.size(); i++) {
      sum = Elementwise.add(sum, Elementwise.scale(terms.get(i), weights[i]));
    }
    return sum;
  }

  /** The inner product with given slopes: its gradient carries them on. */
  Variable along(Variable variable, double[] slopes) {
    return Reductions.sum(Elementwise.multiply(variable, tape.constant(variable.shape(), slopes)));
  }

  /** The gradient of a loss of one number by all parameters. */
  double[] gradient(Variable loss) {
    double[] gradient = new double[shape.size()];
    if (!loss.wantsGradient()) {
      return gradient;
    }
    tape.backward(loss);
    shape
        .parts()
        .forEach(
            (name, part) -> {
              // A task does not use every part.
              parameter(name)
                  .gradientIfAny()
                  .map(Tensor::toDoubles)
                  .ifPresent(
                      slopes -> System.arraycopy(slopes, 0, gradient, part.start(), slopes.length));
            });
    return gradient;
  }

  @Override
  public void spoil() {
    tape.arena().spoil();
    parameters.clear();
  }

  @Override
  public void close() {
    tape.close();
  }
}
