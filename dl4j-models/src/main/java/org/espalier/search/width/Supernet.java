package org.espalier.search.width;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
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
import org.espalier.tensor.Seeds;
import org.espalier.tensor.Shape;
import org.espalier.training.Score;

/**
 * All networks of a width space in one vector of shared weights (Wang, Bai et al., NeurIPS 2020): a
 * network with picked widths has the weights {@code P^T W Q} for each tap of a kernel. The task
 * trains {@code W}; the maps are given and get no gradient from it. What a step changes is {@code P
 * G Q^T} for a gradient {@code G}, in one shape for all widths, so that changes add up. Belongs to
 * one thread.
 */
public final class Supernet implements Reusable {
  private static final int CANDIDATES_KEPT = 16;

  private final MetaLayout layout;
  private final SharedWeights shared;
  private final Statistics statistics;
  private final Tape tape;
  private final Set<String> touched = new LinkedHashSet<>();
  private final Map<List<Integer>, Candidate> candidates =
      new LinkedHashMap<>(2 * CANDIDATES_KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Integer>, Candidate> eldest) {
          return size() > CANDIDATES_KEPT;
        }
      };

  private Optional<AffineMaps> maps = Optional.empty();

  /** A supernet; what it holds is unspecified until {@link #load}. */
  public Supernet(MetaLayout layout) {
    this.layout = layout;
    this.shared = new SharedWeights(layout.size());
    this.statistics = new Statistics(layout);
    this.tape = new Tape(Arena.create(Precision.FLOAT32));
  }

  /**
   * Starts an item: weights from the view, momentum zero.
   *
   * @param values as many as the layout has
   * @param current the maps of the round
   * @throws IllegalArgumentException if they do not fit the layout
   */
  public void load(Floats values, AffineMaps current) {
    if (values.size() != layout.size()) {
      throw new IllegalArgumentException(
          "the shared vector has %d numbers, got %d".formatted(layout.size(), values.size()));
    }
    layout.check(current);
    shared.load(values);
    touched.clear();
    maps = Optional.of(current);
  }

  /** One step of the network with these picks on a batch. */
  public Passed trainStep(List<Integer> picks, Batch batch, double rate, LocalSgd sgd) {
    return trainStep(picks, batch.images(), batch.labels(), rate, sgd);
  }

  /**
   * One step of the network with these picks.
   *
   * @param picks one a choice
   * @param images {@code [labels, height, width, channels]}, one after the other
   * @param labels their classes
   * @param rate learning rate
   * @param sgd the rest of the rule
   */
  public Passed trainStep(
      List<Integer> picks, float[] images, int[] labels, double rate, LocalSgd sgd) {
    Candidate candidate = candidate(picks);
    Pass pass = backward(candidate, images, labels, sgd.labelSmoothing());
    if (pass.sound()) {
      SharedWeights.Step step = new SharedWeights.Step((float) rate, (float) sgd.momentum());
      for (CandidateWeight weight : candidate.weights()) {
        weight.descend(shared, maps.orElseThrow(), tape, sgd.weightDecay(), step);
      }
      candidate.blocks().forEach(block -> touched.add(block.name()));
    }
    return new Passed(pass.loss(), pass.correct(), labels.length, pass.sound());
  }

  private record Pass(double loss, int correct, boolean sound) {}

  /** Forward and backward; the candidate's weights have their gradients afterwards. */
  private Pass backward(Candidate candidate, float[] images, int[] labels, double smoothing) {
    Mode mode = new Mode.Training(Seeds.generator(0), 0);
    Variable logits = forward(candidate, images, labels.length, mode);
    Variable loss = Losses.crossEntropy(logits, labels, smoothing);
    double value = loss.value().item();
    int correct = correct(logits.value().toFloats(), labels);
    boolean sound = Double.isFinite(value);
    if (sound) {
      tape.backward(loss);
      for (CandidateWeight weight : candidate.weights()) {
        sound &= weight.takeGradient();
      }
    }
    return new Pass(value, correct, sound);
  }

  private Variable forward(Candidate candidate, float[] images, int count, Mode mode) {
    tape.reset();
    candidate.project(shared, maps.orElseThrow(), tape);
    return candidate.network().forward(tape, tape.constant(shape(count), images), mode);
  }

  private Shape shape(int count) {
    ImageShape image = layout.space().input();
    return Shape.of(count, image.height(), image.width(), image.channels());
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

  private Candidate candidate(List<Integer> picks) {
    if (maps.isEmpty()) {
      throw new IllegalStateException("the supernet was not loaded");
    }
    return candidates.computeIfAbsent(
        List.copyOf(picks), wanted -> new Candidate(layout, wanted, statistics));
  }

  /**
   * How the vector has changed since {@link #load}: now minus then, by block, in the order of the
   * layout; only blocks that a step has used.
   */
  public Map<String, float[]> difference() {
    Map<String, float[]> differences = new LinkedHashMap<>();
    for (MetaLayout.Range block : layout.blocks()) {
      if (touched.contains(block.name())) {
        differences.put(block.name(), shared.difference(block));
      }
    }
    return differences;
  }

  /** As {@link #accuracy(List, float[], int[])}. */
  public OptionalDouble accuracy(List<Integer> picks, Batch batch) {
    return accuracy(picks, batch.images(), batch.labels());
  }

  /**
   * The share of images that the network with these picks recognises, its batch norm using the
   * statistics of the batch. Changes nothing.
   *
   * @return nothing if the network's outputs are not finite
   */
  public OptionalDouble accuracy(List<Integer> picks, float[] images, int[] labels) {
    Variable logits = forward(candidate(picks), images, labels.length, new Mode.Estimation(1));
    return logits.value().allFinite()
        ? OptionalDouble.of((double) correct(logits.value().toFloats(), labels) / labels.length)
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
    Candidate candidate = candidate(picks);
    tape.reset();
    candidate.project(shared, maps.orElseThrow(), tape);
    statistics.fill(0);
    int count = Math.min(most, calibration.size());
    StatisticsEstimator.estimate(
        candidate.network(),
        tape,
        () -> IntStream.range(0, count).mapToObj(i -> calibration.get(i).images()).iterator());
    double loss = 0;
    int correct = 0;
    int images = 0;
    for (int i = 0; i < validation.size(); i++) {
      Batch batch = validation.get(i);
      tape.reset();
      Variable input = tape.constant(shape(batch.size()), batch.images());
      Variable logits = candidate.network().forward(tape, input, new Mode.Evaluation());
      if (!logits.value().allFinite()) {
        throw new ArithmeticException("the network's logits are not finite");
      }
      correct += correct(logits.value().toFloats(), batch.labels());
      loss += batch.size() * Losses.crossEntropy(logits, batch.labels(), 0).value().item();
      images += batch.size();
    }
    return new Score(loss / images, (double) correct / images);
  }

  /** As {@link #gateGradients(List, float[], int[])}. */
  public Optional<GateGradients> gateGradients(List<Integer> picks, Batch batch) {
    return gateGradients(picks, batch.images(), batch.labels());
  }

  /**
   * How the loss depends on the picked layers. A factor {@code g} on the output {@code scale x +
   * shift} of a batch norm has at 1 the gradient {@code scale . dL/dscale + shift . dL/dshift}.
   * Changes nothing.
   *
   * @return nothing if loss or gradients are not finite
   */
  public Optional<GateGradients> gateGradients(List<Integer> picks, float[] images, int[] labels) {
    Candidate candidate = candidate(picks);
    Pass pass = backward(candidate, images, labels, 0);
    if (!pass.sound()) {
      return Optional.empty();
    }
    int positions = layout.space().family().usualWidths().size();
    List<List<Double>> channels = new ArrayList<>(Collections.nCopies(positions, List.of()));
    for (Site site : layout.sites()) {
      if (site.kind() == Site.Kind.CONVOLUTION && site.norm().isPresent()) {
        List<Double> slopes = slopes(candidate, site.norm().get());
        channels.set(site.output(), slopes);
      }
    }
    return Optional.of(new GateGradients(pass.loss(), pass.correct(), channels));
  }

  private static List<Double> slopes(Candidate candidate, String norm) {
    CandidateWeight scale = candidate.weight(norm + "/scale");
    CandidateWeight shift = candidate.weight(norm + "/shift");
    return IntStream.range(0, candidate.channels(norm))
        .mapToObj(channel -> scale.slope(channel) + shift.slope(channel))
        .toList();
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
    maps = Optional.empty();
    tape.reset();
    int capacity = Math.toIntExact(tape.arena().capacityBytes() / Float.BYTES);
    if (capacity > 0) {
      tape.allocate(Shape.of(capacity)).fill(Double.NaN);
      tape.reset();
    }
  }

  @Override
  public void close() {
    tape.close();
    statistics.close();
  }
}
