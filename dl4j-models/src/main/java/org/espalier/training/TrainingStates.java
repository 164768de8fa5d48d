package org.espalier.training;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.storage.Archive;
import org.espalier.storage.ArchiveException;

/** Training states as archives, bit for bit. */
public final class TrainingStates {
  /** The kind of these archives. */
  public static final String KIND = "training-state";

  private static final String VALUES = "values";
  private static final String BUFFERS = "buffers";
  private static final String MOMENTS = "moments";
  private static final String AVERAGE = "average";
  private static final String STEP = "step";
  private static final String SUMS = "sums";
  private static final String HISTORY = "history";
  private static final String BEST = "best";
  private static final String BEST_VALUES = "bestValues";
  private static final String BEST_BUFFERS = "bestBuffers";
  private static final int HISTORY_COLUMNS = 7;

  private TrainingStates() {}

  /** Writes a state. */
  public static Archive archive(TrainingState state) {
    EpochSums sums = state.sums();
    ObjectNode header = JsonNodeFactory.instance.objectNode();
    header.put("epochs", state.history().size());
    Archive.Builder builder =
        Archive.builder(KIND)
            .header(header)
            .longs(STEP, new long[] {state.step(), sums.examples(), sums.correct()})
            .doubles(SUMS, new double[] {sums.loss(), sums.trend()})
            .floats(VALUES, state.weights().rawValues())
            .floats(BUFFERS, state.weights().rawBuffers())
            .floats(MOMENTS, state.rawMoments())
            .floats(AVERAGE, state.rawAverage())
            .doubles(HISTORY, history(state.history()));
    state
        .best()
        .ifPresent(
            best ->
                builder
                    .doubles(BEST, new double[] {best.epoch(), best.accuracy()})
                    .floats(BEST_VALUES, best.weights().rawValues())
                    .floats(BEST_BUFFERS, best.weights().rawBuffers()));
    return builder.build();
  }

  /**
   * Reads what {@link #archive} wrote.
   *
   * @throws ArchiveException if it holds something else
   */
  public static TrainingState read(Archive archive) {
    archive.require(KIND);
    long[] step = archive.longs(STEP);
    double[] sums = archive.doubles(SUMS);
    require(archive, STEP, step.length == 3);
    require(archive, SUMS, sums.length == 2);
    try {
      return new TrainingState(
          step[0],
          TrainedWeights.owning(archive.floats(VALUES), archive.floats(BUFFERS)),
          archive.floats(MOMENTS),
          archive.floats(AVERAGE),
          new EpochSums(step[1], sums[0], step[2], sums[1]),
          history(archive),
          best(archive));
    } catch (IllegalArgumentException malformed) {
      throw new ArchiveException(archive.where(), malformed.getMessage());
    }
  }

  private static Optional<BestEpoch> best(Archive archive) {
    if (!archive.names().contains(BEST)) {
      return Optional.empty();
    }
    double[] best = archive.doubles(BEST);
    require(archive, BEST, best.length == 2);
    TrainedWeights weights =
        TrainedWeights.owning(archive.floats(BEST_VALUES), archive.floats(BEST_BUFFERS));
    return Optional.of(new BestEpoch((int) best[0], best[1], weights));
  }

  private static double[] history(List<EpochFigures> history) {
    double[] rows = new double[history.size() * HISTORY_COLUMNS];
    for (int i = 0; i < history.size(); i++) {
      EpochFigures figures = history.get(i);
      int at = i * HISTORY_COLUMNS;
      rows[at] = figures.epoch();
      rows[at + 1] = figures.learningRate();
      rows[at + 2] = figures.training().loss();
      rows[at + 3] = figures.training().accuracy();
      rows[at + 4] = figures.validation().isPresent() ? 1 : 0;
      rows[at + 5] = figures.validation().map(Score::loss).orElse(0.0);
      rows[at + 6] = figures.validation().map(Score::accuracy).orElse(0.0);
    }
    return rows;
  }

  private static List<EpochFigures> history(Archive archive) {
    double[] rows = archive.doubles(HISTORY);
    require(archive, HISTORY, rows.length % HISTORY_COLUMNS == 0);
    List<EpochFigures> history = new ArrayList<>();
    for (int at = 0; at < rows.length; at += HISTORY_COLUMNS) {
      Optional<Score> validation =
          rows[at + 4] == 0 ? Optional.empty() : Optional.of(new Score(rows[at + 5], rows[at + 6]));
      history.add(
          new EpochFigures(
              (int) rows[at], rows[at + 1], new Score(rows[at + 2], rows[at + 3]), validation));
    }
    return history;
  }

  private static void require(Archive archive, String block, boolean holds) {
    if (!holds) {
      throw new ArchiveException(
          archive.where(), "block '%s' has an unexpected length".formatted(block));
    }
  }
}
