package org.espalier.search.supernet;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.espalier.autograd.Losses;
import org.espalier.autograd.Tape;
import org.espalier.autograd.Variable;
import org.espalier.data.Batch;
import org.espalier.data.BatchSource;
import org.espalier.network.ImageShape;
import org.espalier.network.Mode;
import org.espalier.network.StatisticsEstimator;
import org.espalier.search.Reusable;
import org.espalier.storage.Floats;
import org.espalier.tensor.Arena;
import org.espalier.tensor.Precision;
import org.espalier.tensor.Shape;
import org.espalier.training.Score;

/**
 * Many networks in one vector of shared weights, of which one at a time, named by its picks, is
 * trained or judged. Belongs to one thread.
 */
public final class Supernet implements Reusable {
  private static final int PATHS_KEPT = 16;

  private final SharedLayout layout;
  private final ImageShape input;
  private final SharedVector shared;
  private final PathStatistics statistics;
  private final PathMaker make;
  private final Tape tape;
  private final Set<String> touched = new LinkedHashSet<>();
  private final Map<Key, SampledPath> paths =
      new LinkedHashMap<>(2 * PATHS_KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, SampledPath> eldest) {
          return size() > PATHS_KEPT;
        }
      };
  private boolean loaded;

  /** Makes the network of a path. */
  @FunctionalInterface
  public interface PathMaker {
    /**
     * The network of some picks.
     *
     * @param gated whether it is made to learn the gradients of gates, which may take layers of its
     *     own
     */
    SampledPath make(List<Integer> picks, boolean gated);
  }

  private record Key(List<Integer> picks, boolean gated) {}

  /**
   * A supernet; what it holds is unspecified until {@link #load}.
   *
   * @param layout of the shared vector
   * @param input shape of one image
   * @param statistics that the paths use; closed with the supernet
   * @param make makes the network of some picks
   */
  public Supernet(
      SharedLayout layout, ImageShape input, PathStatistics statistics, PathMaker make) {
    this.layout = layout;
    this.input = input;
    this.statistics = statistics;
    this.make = make;
    this.shared = new SharedVector(layout.size());
    this.tape = new Tape(Arena.create(Precision.FLOAT32));
  }

  /**
   * Starts an item: weights from the view, momentum zero.
   *
   * @param values as many as the layout has
   */
  public void load(Floats values) {
    if (values.size() != layout.size()) {
      throw new IllegalArgumentException(
          "the shared vector has %s numbers, got %s".formatted(layout.size(), values.size()));
    }
    shared.load(values);
    touched.clear();
    loaded = true;
  }

  /** The network of some picks. */
  public SampledPath path(List<Integer> picks) {
    return path(picks, false);
  }

  /** The network of some picks that {@link #gradients} ran. */
  public SampledPath gated(List<Integer> picks) {
    return path(picks, true);
  }

  private SampledPath path(List<Integer> picks, boolean gated) {
    if (!loaded) {
      throw new IllegalStateException("the supernet was not loaded");
    }
    return paths.computeIfAbsent(
        new Key(List.copyOf(picks), gated), key -> make.make(key.picks(), key.gated()));
  }

  /** Lets all paths go, as they are to be made otherwise from now on. */
  public void forgetPaths() {
    paths.clear();
  }

  /**
   * One step of the network with these picks.
   *
   * @param picks one a choice
   * @param batch {@code [labels, height, width, channels]}, one image after the other
   * @param rate learning rate
   * @param sgd the rest of the rule
   * @param random for dropout and drop-path
   */
  public StepOutcome trainStep(
      List<Integer> picks, Batch batch, double rate, LocalSgd sgd, RandomGenerator random) {
    SampledPath path = path(picks);
    StepOutcome outcome = backward(path, batch, sgd.labelSmoothing(), random);
    if (outcome.sound()) {
      SharedVector.Step step = new SharedVector.Step((float) rate, (float) sgd.momentum());
      for (SharedParameter parameter : path.parameters()) {
        parameter.descend(shared, tape, sgd.weightDecay(), step);
      }
      path.blocks().forEach(block -> touched.add(block.name()));
    }
    return outcome;
  }

  /**
   * Loss and gradients of the network with these picks, without a step: afterwards the {@linkplain
   * SampledPath#parameter parameters} of its {@link #gated} path have their slopes. Changes
   * nothing.
   *
   * @param random for dropout and drop-path
   */
  public StepOutcome gradients(List<Integer> picks, Batch batch, RandomGenerator random) {
    return backward(gated(picks), batch, 0, random);
  }

  /**
   * What each image costs the network with these picks, in training mode. Changes nothing.
   *
   * @param random for dropout and drop-path
   * @param slopes whether derivatives by the pixels are wanted, which take a backward pass
   * @return nothing if a loss is not finite
   */
  public Optional<ImageLosses> imageLosses(
      List<Integer> picks, Batch batch, RandomGenerator random, boolean slopes) {
    SampledPath path = gated(picks);
    tape.reset();
    path.project(shared, tape);
    Variable images = tape.input(shape(batch), batch.images());
    Variable logits = path.network().forward(tape, images, new Mode.Training(random, 0));
    Variable loss = Losses.crossEntropy(logits, batch.labels(), 0);
    if (!Double.isFinite(loss.value().item())) {
      return Optional.empty();
    }
    double[] losses = losses(logits.value().toFloats(), batch.labels());
    if (!slopes) {
      return Optional.of(new ImageLosses(losses, new float[0]));
    }
    tape.backward(loss);
    return Optional.of(new ImageLosses(losses, images.gradient().toFloats()));
  }

  private static double[] losses(float[] logits, int[] labels) {
    int classes = logits.length / labels.length;
    double[] losses = new double[labels.length];
    for (int row = 0; row < labels.length; row++) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < classes; c++) {
        largest = Math.max(largest, logits[row * classes + c]);
      }
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        sum += StrictMath.exp(logits[row * classes + c] - largest);
      }
      losses[row] = largest + StrictMath.log(sum) - logits[row * classes + labels[row]];
    }
    return losses;
  }

  /**
   * The gradients that {@link #gradients} found by the weights of a path, one after the other, with
   * what a step would decay.
   */
  public double[] weightGradients(List<Integer> picks, double weightDecay) {
    SampledPath path = gated(picks);
    double[] all = new double[length(path)];
    int start = 0;
    for (SharedParameter parameter : path.parameters()) {
      parameter.addGradient(weightDecay, all, start);
      start += parameter.length();
    }
    return all;
  }

  /**
   * Moves the weights of a path.
   *
   * @param direction one number a weight, as {@link #weightGradients} has them
   * @param by factor on it
   */
  public void move(List<Integer> picks, double[] direction, double by) {
    int start = 0;
    for (SharedParameter parameter : gated(picks).parameters()) {
      parameter.move(shared, tape, direction, start, by);
      start += parameter.length();
    }
  }

  private static int length(SampledPath path) {
    return path.parameters().stream().mapToInt(SharedParameter::length).sum();
  }

  private StepOutcome backward(
      SampledPath path, Batch batch, double smoothing, RandomGenerator random) {
    int[] labels = batch.labels();
    Variable logits = forward(path, batch, new Mode.Training(random, 0));
    Variable loss = Losses.crossEntropy(logits, labels, smoothing);
    double value = loss.value().item();
    int correct = correct(logits.value().toFloats(), labels);
    boolean sound = Double.isFinite(value);
    if (sound) {
      tape.backward(loss);
      for (SharedParameter parameter : path.parameters()) {
        sound &= parameter.takeGradient();
      }
    }
    return new StepOutcome(value, correct, labels.length, sound);
  }

  private Variable forward(SampledPath path, Batch batch, Mode mode) {
    tape.reset();
    path.project(shared, tape);
    return path.network().forward(tape, images(batch), mode);
  }

  private Variable images(Batch batch) {
    return tape.constant(shape(batch), batch.images());
  }

  private Shape shape(Batch batch) {
    return Shape.of(batch.size(), input.height(), input.width(), input.channels());
  }

  private static int correct(float[] logits, int[] labels) {
    int classes = logits.length / labels.length;
    int correct = 0;
    for (int row = 0; row < labels.length; row++) {
      int largest = 0;
      for (int c = 1; c < classes; c++) {
        if (logits[row * classes + c] > logits[row * classes + largest]) {
          largest = c;
        }
      }
      correct += largest == labels[row] ? 1 : 0;
    }
    return correct;
  }

  /**
   * How the vector has changed since {@link #load}: now minus then, by block, in the order of the
   * layout; only blocks that a step has used.
   */
  public Map<String, float[]> difference() {
    Map<String, float[]> differences = new LinkedHashMap<>();
    for (SharedLayout.Range block : layout.blocks()) {
      if (touched.contains(block.name())) {
        differences.put(block.name(), shared.difference(block));
      }
    }
    return differences;
  }

  /**
   * The share of images that the network with these picks recognises, its batch norm using the
   * statistics of the batch. Changes nothing.
   *
   * @return nothing if the network's outputs are not finite
   */
  public OptionalDouble accuracy(List<Integer> picks, Batch batch) {
    Variable logits = forward(path(picks), batch, new Mode.Estimation(1));
    return logits.value().allFinite()
        ? OptionalDouble.of(
            (double) correct(logits.value().toFloats(), batch.labels()) / batch.size())
        : OptionalDouble.empty();
  }

  /**
   * Evaluates the network with these picks, its running statistics estimated for it alone.
   *
   * @param picks one a choice
   * @param calibration batches whose first ones the statistics are averaged over
   * @param most how many at most, at least 1
   * @param validation every batch is used
   * @throws ArithmeticException if the network's outputs are not finite
   */
  public Score evaluate(
      List<Integer> picks,
      BatchSource.Batches calibration,
      int most,
      BatchSource.Batches validation) {
    SampledPath path = path(picks);
    tape.reset();
    path.project(shared, tape);
    statistics.fill(0);
    int count = Math.min(most, calibration.size());
    StatisticsEstimator.estimate(
        path.network(),
        tape,
        () -> IntStream.range(0, count).mapToObj(i -> calibration.get(i).images()).iterator());
    double loss = 0;
    int correct = 0;
    int images = 0;
    for (int i = 0; i < validation.size(); i++) {
      Batch batch = validation.get(i);
      tape.reset();
      Variable logits = path.network().forward(tape, images(batch), new Mode.Evaluation());
      if (!logits.value().allFinite()) {
        throw new ArithmeticException("the network's logits are not finite");
      }
      correct += correct(logits.value().toFloats(), batch.labels());
      loss += batch.size() * Losses.crossEntropy(logits, batch.labels(), 0).value().item();
      images += batch.size();
    }
    return new Score(loss / images, (double) correct / images);
  }

  /** Bytes that steps have allocated outside the arena since the first one had sized it. */
  public long spilledBytes() {
    return tape.arena().spilledBytes();
  }

  @Override
  public void spoil() {
    shared.spoil();
    statistics.fill(Double.NaN);
    touched.clear();
    loaded = false;
    tape.reset();
    tape.arena().spoil();
  }

  @Override
  public void close() {
    tape.close();
    statistics.close();
  }
}
