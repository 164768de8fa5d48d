package org.espalier.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.espalier.search.truth.Interval;
import org.espalier.search.truth.TruthTable;
import org.espalier.search.width.WidthStudy;
import org.espalier.study.WidthTruth;
import org.espalier.study.WidthTruth.Outcome;
import org.espalier.tensor.Seeds;
import org.espalier.text.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks searches with shared weights against the truth. */
@Command(
    name = "width-truth",
    description =
        "Compare ways of sharing weights where the truth is known: 64 networks on the digits, all"
            + " trained alone. Searches run in this process; --retrain finds the truth anew on"
            + " Spark.")
final class BenchWidthTruth implements Callable<Integer> {
  private static final String TRANSITION = "transition";
  private static final String RANDOM = "random";
  private static final String HEADER =
      "arm,seed,tau,spearman,regret,top5,tau_best_fifth,macs,cpu_seconds";

  private final Surroundings surroundings;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Searches of each kind; default ${DEFAULT-VALUE}.")
  private int seeds;

  @Mixin private TruthOptions options;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Write a line a search here, replacing an earlier table.")
  private Path csv;

  private CsvFile searches;

  BenchWidthTruth(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    if (seeds < 1) {
      throw new InputException("--seeds must be at least 1, got " + seeds);
    }
    searches = new CsvFile("--csv", csv, HEADER);
    WidthTruth study = new WidthTruth();
    TruthTable truth = options.truth(WidthStudy::table, study::train);
    say(
        "truth: %d networks, noise ceiling of tau %.3f, best %s with %.2f +- %.2f %% on the test"
            + " part",
        truth.rows().size(),
        truth.noiseCeiling(),
        truth.best().network(),
        100 * truth.best().mean(),
        100 * truth.best().deviation());
    say(
        "%-12s %22s %9s %10s %6s %14s %10s %8s",
        "arm", "tau (95 %)", "Spearman", "regret, pp", "top 5", "tau, best 20 %", "GMACs", "CPU s");
    List<Outcome> all = new ArrayList<>();
    for (WidthStudy.Arm arm : WidthStudy.arms()) {
      for (int seed = 1; seed <= seeds; seed++) {
        add(all, study.search(arm, seed, truth));
      }
      row(all, arm.name());
    }
    List<Outcome> transitions = of(all, TRANSITION);
    for (int seed = 1; seed <= seeds; seed++) {
      add(all, study.random(seed, transitions.get(seed - 1).work(), truth));
    }
    row(all, RANDOM);
    difference(all, "ordinal");
    difference(all, "independent");
    return ExitCode.DONE;
  }

  private void add(List<Outcome> all, Outcome outcome) {
    all.add(outcome);
    searches.write(all.stream().map(BenchWidthTruth::line).toList());
  }

  private static String line(Outcome outcome) {
    return String.format(
        Locale.ROOT,
        "%s,%d,%.4f,%.4f,%.6f,%.2f,%.4f,%d,%.2f",
        outcome.arm(),
        outcome.seed(),
        outcome.judgement().tau(),
        outcome.judgement().spearman(),
        outcome.judgement().regret(),
        outcome.judgement().topHit(),
        outcome.judgement().tauOfBest(),
        outcome.work(),
        outcome.seconds());
  }

  private void row(List<Outcome> all, String arm) {
    List<Outcome> outcomes = of(all, arm);
    say(
        "%-12s %22s %9.3f %10.2f %6.2f %14.3f %10.1f %8.1f",
        arm,
        text(interval(outcomes.stream().map(outcome -> outcome.judgement().tau()).toList())),
        mean(outcomes, outcome -> outcome.judgement().spearman()),
        mean(outcomes, outcome -> 100 * outcome.judgement().regret()),
        mean(outcomes, outcome -> outcome.judgement().topHit()),
        mean(outcomes, outcome -> outcome.judgement().tauOfBest()),
        mean(outcomes, outcome -> outcome.work() / 1e9),
        mean(outcomes, Outcome::seconds));
  }

  private void difference(List<Outcome> all, String other) {
    List<Outcome> ours = of(all, TRANSITION);
    List<Outcome> theirs = of(all, other);
    List<Double> differences =
        IntStream.range(0, seeds)
            .mapToObj(i -> ours.get(i).judgement().tau() - theirs.get(i).judgement().tau())
            .toList();
    say("tau of transition - %s: %s", other, text(interval(differences)));
  }

  private static Interval interval(List<Double> figures) {
    return Interval.of(figures, Seeds.generator(1));
  }

  private static String text(Interval interval) {
    return String.format(
        Locale.ROOT, "%.3f [%.3f, %.3f]", interval.mean(), interval.low(), interval.high());
  }

  private static double mean(List<Outcome> outcomes, ToDoubleFunction<Outcome> figure) {
    return outcomes.stream().mapToDouble(figure).average().orElseThrow();
  }

  private static List<Outcome> of(List<Outcome> all, String arm) {
    return all.stream().filter(outcome -> outcome.arm().equals(arm)).toList();
  }

  private void say(String format, Object... arguments) {
    surroundings.out().println(String.format(Locale.ROOT, format, arguments));
    surroundings.out().flush();
  }
}
