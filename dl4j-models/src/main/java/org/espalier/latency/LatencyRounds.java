package org.espalier.latency;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.espalier.cost.LatencyTable;
import org.espalier.network.NetworkSpec;
import org.espalier.text.InputException;

/**
 * Measures a plan in rounds: each round times everything once, so that a moment in which the
 * machine is busy hits a little of everything and not all of one thing. Rounds that are done stay
 * in a file beside the table until it is written, and are gone on from.
 */
public final class LatencyRounds {
  /** A network is run in a row for about so long in a round ... */
  private static final double MICROSECONDS = 400;

  /** ... but not more often than this, ... */
  private static final int MOST_RUNS = 100;

  /** ... after so many runs in which the runtime and the virtual machine settle. */
  private static final int WARM_UP = 30;

  private static final String ENDING = ".rounds";

  private final LatencyPlan plan;
  private final Stopwatch stopwatch;
  private final Path file;
  private final String header;
  private final int models;

  /** Is told how far it is. */
  public interface Listener {
    /** Everything is ready, and some rounds were done before. */
    void ready(int models, int done);

    /** One more round is done. */
    void round(int done);
  }

  /**
   * Rounds of a plan.
   *
   * @param plan what is measured
   * @param stopwatch by what
   * @param table file of the table, beside which rounds are kept
   */
  public LatencyRounds(LatencyPlan plan, Stopwatch stopwatch, Path table) {
    this.plan = plan;
    this.stopwatch = stopwatch;
    file = Path.of(table + ENDING);
    header =
        "%s, %s threads, %s, %s"
            .formatted(stopwatch.runtime(), stopwatch.threads(), stopwatch.clock(), plan.key());
    models = plan.models().size();
  }

  /**
   * Measures what is not measured yet.
   *
   * @param rounds altogether, at least 1
   * @param device for the table
   * @param listener is told how far it is
   * @throws InputException if rounds cannot be kept
   */
  public LatencyTable measure(int rounds, LatencyTable.Device device, Listener listener) {
    try {
      List<double[]> done = done();
      if (done.isEmpty()) {
        Files.writeString(file, header + "\n");
      }
      if (done.size() < rounds) {
        measure(rounds, done, listener);
      }
      List<String> names = List.copyOf(plan.models().keySet());
      Map<String, Measured> measured = new LinkedHashMap<>();
      for (int i = 0; i < names.size(); i++) {
        int model = i;
        measured.put(
            names.get(i), new Measured(done.stream().mapToDouble(round -> round[model]).toArray()));
      }
      return plan.table(device, measured);
    } catch (IOException e) {
      throw new InputException("cannot keep rounds in %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** Removes the file of the rounds; to be called once the table is written. */
  public void forget() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void measure(int rounds, List<double[]> done, Listener listener) throws IOException {
    List<Stopwatch.Timed> open = new ArrayList<>();
    try {
      List<Integer> runs = new ArrayList<>();
      for (NetworkSpec model : plan.models().values()) {
        Stopwatch.Timed timed = stopwatch.open(model);
        open.add(timed);
        double unused = timed.microseconds(WARM_UP);
        double one = timed.microseconds(3);
        runs.add((int) Math.max(3, Math.min(MOST_RUNS, Math.ceil(MICROSECONDS / one))));
      }
      listener.ready(models, done.size());
      while (done.size() < rounds) {
        double[] round = new double[models];
        for (int i = 0; i < models; i++) {
          round[i] = open.get(i).microseconds(runs.get(i));
        }
        done.add(round);
        String line =
            Arrays.stream(round).mapToObj(Double::toString).collect(Collectors.joining(" "));
        Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
        listener.round(done.size());
      }
    } finally {
      open.forEach(Stopwatch.Timed::close);
    }
  }

  /** Rounds in the file, if they are of this plan; the last line may have been cut off. */
  private List<double[]> done() throws IOException {
    List<double[]> done = new ArrayList<>();
    if (!Files.exists(file)) {
      return done;
    }
    String text = Files.readString(file);
    List<String> lines = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    if (lines.isEmpty() || !lines.get(0).equals(header)) {
      return done;
    }
    for (String line : lines.subList(1, lines.size())) {
      double[] round =
          Arrays.stream(line.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
      if (round.length == models) {
        done.add(round);
      }
    }
    Files.writeString(file, lines.stream().collect(Collectors.joining("\n", "", "\n")));
    return done;
  }
}
