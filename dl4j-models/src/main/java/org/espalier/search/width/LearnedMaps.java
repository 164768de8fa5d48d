package org.espalier.search.width;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.espalier.search.RoundResult;
import org.espalier.search.space.WidthSpace;
import org.espalier.storage.Floats;
import org.espalier.tensor.NormalNumbers;
import org.espalier.tensor.Seeds;

/**
 * The maps of {@link Sharing.Learned} as they are: state of a search, changed by items. They get no
 * gradient from the task; each step lowers the overlap of all columns and makes them length 1 again
 * (Wang, Bai et al., NeurIPS 2020, in the form of their code: constrained columns). Arithmetic is
 * Java's own, so that it does not depend on the numeric platform.
 *
 * @param widths candidates by position
 * @param rows shared channels by position
 * @param outputs for each position the columns of its candidates, one after the other, {@code rows}
 *     numbers each
 * @param inputs likewise
 */
public record LearnedMaps(
    List<List<Integer>> widths, List<Integer> rows, Floats outputs, Floats inputs) {
  /** Of sharing that has a closed form. */
  public static final LearnedMaps NONE =
      new LearnedMaps(List.of(), List.of(), Floats.EMPTY, Floats.EMPTY);

  private static final double NOISE = 1e-3;
  private static final long OUTPUTS = 1;
  private static final long INPUTS = 2;

  public LearnedMaps {
    widths = widths.stream().map(List::copyOf).toList();
    rows = List.copyOf(rows);
    int size = 0;
    for (int position = 0; position < rows.size(); position++) {
      size += rows.get(position) * sum(widths.get(position));
    }
    if (widths.size() != rows.size() || outputs.size() != size || inputs.size() != size) {
      throw new IllegalArgumentException(
          "learned maps of %s positions with %s numbers need as many rows, inputs and outputs, got %s, %s and %s"
              .formatted(widths.size(), size, rows.size(), inputs.size(), outputs.size()));
    }
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Ordinal slices with a little noise, so that equal columns can part. */
  public static LearnedMaps start(WidthSpace space, Sharing.Learned sharing, long seed) {
    List<List<Integer>> widths =
        IntStream.range(0, space.family().usualWidths().size())
            .mapToObj(space::candidates)
            .toList();
    List<Integer> rows = widths.stream().map(sharing::rows).toList();
    return new LearnedMaps(
        widths,
        rows,
        noisy(widths, rows, Seeds.mix(seed, OUTPUTS)),
        noisy(widths, rows, Seeds.mix(seed, INPUTS)));
  }

  private static Floats noisy(List<List<Integer>> widths, List<Integer> rows, long seed) {
    return joined(
        IntStream.range(0, widths.size())
            .mapToObj(p -> noisy(widths.get(p), rows.get(p), Seeds.mix(seed, p)))
            .toList());
  }

  private static double[] noisy(List<Integer> widths, int rows, long seed) {
    double[] columns = NormalNumbers.draw(rows * sum(widths), NOISE * NOISE, Seeds.generator(seed));
    int column = 0;
    for (int width : widths) {
      for (int j = 0; j < width; j++) {
        columns[column++ * rows + j] += 1;
      }
    }
    normalise(columns, rows);
    return columns;
  }

  /**
   * Items that take the maps of every layer so many steps further, each layer by itself.
   *
   * @param seed of the round
   */
  List<WidthRound.Parting> partings(int steps, long seed) {
    List<WidthRound.Parting> items = new ArrayList<>();
    for (int position = 0; position < rows.size(); position++) {
      long columns = sum(widths.get(position));
      // Products of all pairs of columns, and as much again for the gradient.
      long cost = Math.multiplyExact(steps, columns * columns * rows.get(position));
      for (boolean ofOutputs : new boolean[] {true, false}) {
        long own = Seeds.mix(seed, position, ofOutputs ? 1 : 0);
        items.add(new WidthRound.Parting(own, cost, position, ofOutputs, steps));
      }
    }
    return items;
  }

  /** Performs an item. */
  WidthRound.Parted perform(WidthRound.Parting item, Sharing.Learned sharing) {
    double[] columns = parts(item.outputs() ? outputs : inputs).get(item.position());
    for (int step = 0; step < item.steps(); step++) {
      descend(columns, rows.get(item.position()), sharing);
      // As single precision, like what travels: so it does not matter how steps are dealt to items.
      for (int i = 0; i < columns.length; i++) {
        columns[i] = (float) columns[i];
      }
    }
    return new WidthRound.Parted(joined(List.of(columns)));
  }

  /** The maps after a round in which items were performed, perhaps none. */
  LearnedMaps parted(List<RoundResult.Valued<WidthRound.Parting, WidthRound.Parted>> items) {
    List<double[]> newOutputs = parts(outputs);
    List<double[]> newInputs = parts(inputs);
    for (RoundResult.Valued<WidthRound.Parting, WidthRound.Parted> each : items) {
      double[] columns =
          (each.item().outputs() ? newOutputs : newInputs).get(each.item().position());
      for (int i = 0; i < columns.length; i++) {
        columns[i] = each.value().columns().get(i);
      }
    }
    return new LearnedMaps(widths, rows, joined(newOutputs), joined(newInputs));
  }

  /**
   * One step down {@code weight * sum over a != b of |p_a . p_b|} (or the squares), in place: the
   * gradient for column a is {@code 2 sum over b of sign(p_a . p_b) p_b} (or {@code 4 (p_a . p_b)
   * p_b}).
   */
  private static void descend(double[] columns, int rows, Sharing.Learned sharing) {
    int count = columns.length / rows;
    double[] gradient = new double[columns.length];
    double step = sharing.rate() * sharing.weight();
    for (int a = 0; a < count; a++) {
      for (int b = 0; b < a; b++) {
        double product = 0;
        for (int row = 0; row < rows; row++) {
          product += columns[a * rows + row] * columns[b * rows + row];
        }
        double slope =
            sharing.norm() == Sharing.Learned.Norm.L1 ? 2 * Math.signum(product) : 4 * product;
        for (int row = 0; row < rows; row++) {
          gradient[a * rows + row] += slope * columns[b * rows + row];
          gradient[b * rows + row] += slope * columns[a * rows + row];
        }
      }
    }
    for (int i = 0; i < columns.length; i++) {
      columns[i] -= step * gradient[i];
    }
    normalise(columns, rows);
  }

  private static void normalise(double[] columns, int rows) {
    for (int from = 0; from < columns.length; from += rows) {
      double squares = 0;
      for (int i = from; i < from + rows; i++) {
        squares += columns[i] * columns[i];
      }
      double length = StrictMath.sqrt(squares);
      for (int i = from; i < from + rows; i++) {
        columns[i] /= length;
      }
    }
  }

  /** The maps, for a supernet. */
  public AffineMaps maps() {
    return new AffineMaps(matrices(outputs), matrices(inputs));
  }

  private List<List<AffineMap>> matrices(Floats all) {
    List<List<AffineMap>> maps = new ArrayList<>();
    List<double[]> parts = parts(all);
    for (int position = 0; position < parts.size(); position++) {
      List<AffineMap> candidates = new ArrayList<>();
      int column = 0;
      for (int width : widths.get(position)) {
        candidates.add(matrix(parts.get(position), rows.get(position), column, width));
        column += width;
      }
      maps.add(candidates);
    }
    return maps;
  }

  private static AffineMap matrix(double[] columns, int rows, int first, int width) {
    float[] entries = new float[rows * width];
    for (int row = 0; row < rows; row++) {
      for (int j = 0; j < width; j++) {
        entries[row * width + j] = (float) columns[(first + j) * rows + row];
      }
    }
    return new AffineMap.Dense(rows, width, entries);
  }

  private List<double[]> parts(Floats all) {
    List<double[]> parts = new ArrayList<>();
    int from = 0;
    for (int position = 0; position < rows.size(); position++) {
      double[] part = new double[rows.get(position) * sum(widths.get(position))];
      for (int i = 0; i < part.length; i++) {
        part[i] = all.get(from++);
      }
      parts.add(part);
    }
    return parts;
  }

  private static Floats joined(List<double[]> parts) {
    float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
    int next = 0;
    for (double[] part : parts) {
      for (double value : part) {
        all[next++] = (float) value;
      }
    }
    return Floats.of(all);
  }

  private static int sum(List<Integer> widths) {
    return widths.stream().mapToInt(Integer::intValue).sum();
  }
}
