package org.espalier.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.espalier.search.cell.CellStudy;
import org.espalier.search.truth.BestOfRandom;
import org.espalier.search.truth.Interval;
import org.espalier.search.truth.TruthTable;
import org.espalier.study.CellTruth;
import org.espalier.study.CellTruth.Outcome;
import org.espalier.tensor.Seeds;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks searches for cells against the truth. */
@Command(
    name = "cells-truth",
    description =
        "Compare samplers and stages of cell search where the truth is known: 125 cells on the"
            + " digits, all trained alone. Searches run in this process; --retrain finds the truth"
            + " anew on Spark.")
final class BenchCellsTruth implements Callable<Integer> {
  private static final int DRAWN = 10;
  private static final String HEADER =
      "arm,seed,regret,rank,gap,skips,learned,collapsed,macs,cpu_seconds,random_regret,picks,network";

  private final Surroundings surroundings;

  @Mixin private SeedOptions seeds = new SeedOptions(10);

  @Mixin private TruthOptions options;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Write a line a search here, replacing an earlier table.")
  private Path csv;

  BenchCellsTruth(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    List<Long> searched = seeds.all();
    CsvFile searches = new CsvFile("--csv", csv, HEADER);
    CellTruth study = new CellTruth();
    TruthTable truth = options.truth(CellStudy::table, study::train);
    describe(truth);
    List<Outcome> all = new ArrayList<>();
    for (CellStudy.Arm arm : CellStudy.arms()) {
      for (long seed : searched) {
        all.add(study.search(arm, seed, truth));
        searches.write(all.stream().map(each -> line(each, truth)).toList());
      }
      row(of(all, arm), arm.name(), truth);
    }
    random(truth);
    for (CellStudy.Arm arm : CellStudy.arms()) {
      if (!arm.equals(CellStudy.DARTS)) {
        difference(of(all, arm), of(all, CellStudy.DARTS), arm.name());
      }
    }
    return ExitCode.DONE;
  }

  private void describe(TruthTable truth) {
    say(
        "truth: %d cells, %d of them their own and %d constant; noise ceiling of tau %.3f; best %s"
            + " with %.2f +- %.2f %% on the test part",
        truth.rows().size(),
        truth.rows().stream().filter(row -> row.note().isEmpty()).count(),
        truth.rows().stream().filter(row -> row.note().equals(TruthTable.Row.CONSTANT)).count(),
        truth.noiseCeiling(),
        truth.best().network(),
        100 * truth.best().mean(),
        100 * truth.best().deviation());
    say(
        "%-26s %16s %12s %14s %12s %9s %7s %16s %6s",
        "arm",
        "regret, pp",
        "rank",
        "gap, pp",
        "skips",
        "collapsed",
        "GMACs",
        "random, same",
        "CPU s");
  }

  private static String line(Outcome outcome, TruthTable truth) {
    return String.format(
        Locale.ROOT,
        "\"%s\",%d,%.6f,%d,%.6f,%d,%d,%s,%d,%.2f,%.6f,%s,\"%s\"",
        outcome.arm(),
        outcome.seed(),
        outcome.regret(),
        outcome.rank(),
        outcome.derived().gap(),
        outcome.derived().skips(),
        outcome.derived().learned(),
        outcome.derived().collapsed(),
        outcome.derived().work(),
        outcome.derived().seconds(),
        truth.best().mean() - outcome.random().mean(),
        TruthTable.joined(outcome.derived().picks()),
        outcome.row().network());
  }

  private void row(List<Outcome> outcomes, String arm, TruthTable truth) {
    say(
        "%-26s %16s %12s %14s %12s %9.2f %7.1f %16.2f %6.1f",
        arm,
        spread(outcomes, each -> 100 * each.regret(), "%.2f +- %.2f"),
        spread(outcomes, Outcome::rank, "%.0f +- %.0f"),
        spread(outcomes, each -> 100 * each.derived().gap(), "%.1f +- %.1f"),
        spread(outcomes, each -> each.derived().skips(), "%.1f +- %.1f"),
        mean(outcomes, each -> each.derived().collapsed() ? 1 : 0),
        mean(outcomes, each -> each.derived().work() / 1e9),
        mean(outcomes, each -> 100 * (truth.best().mean() - each.random().mean())),
        mean(outcomes, each -> each.derived().seconds()));
  }

  private void random(TruthTable truth) {
    BestOfRandom best = BestOfRandom.of(truth, DRAWN);
    say(
        "%-26s %16s",
        "random, best of " + DRAWN,
        String.format(
            Locale.ROOT,
            "%.2f +- %.2f",
            100 * (truth.best().mean() - best.mean()),
            100 * best.deviation()));
  }

  /** Paired by seed. */
  private void difference(List<Outcome> ours, List<Outcome> theirs, String arm) {
    List<Double> differences =
        IntStream.range(0, ours.size())
            .mapToObj(i -> 100 * (ours.get(i).regret() - theirs.get(i).regret()))
            .toList();
    Interval interval = Interval.of(differences, Seeds.generator(1));
    say(
        "regret of %s - %s: %.2f [%.2f, %.2f] pp",
        arm, CellStudy.DARTS.name(), interval.mean(), interval.low(), interval.high());
  }

  private static String spread(
      List<Outcome> outcomes, ToDoubleFunction<Outcome> figure, String format) {
    double mean = mean(outcomes, figure);
    double squares =
        outcomes.stream().mapToDouble(figure).map(each -> (each - mean) * (each - mean)).sum();
    double deviation = outcomes.size() < 2 ? 0 : StrictMath.sqrt(squares / (outcomes.size() - 1));
    return String.format(Locale.ROOT, format, mean, deviation);
  }

  private static double mean(List<Outcome> outcomes, ToDoubleFunction<Outcome> figure) {
    return outcomes.stream().mapToDouble(figure).average().orElseThrow();
  }

  private static List<Outcome> of(List<Outcome> all, CellStudy.Arm arm) {
    return all.stream().filter(outcome -> outcome.arm().equals(arm.name())).toList();
  }

  private void say(String format, Object... arguments) {
    surroundings.out().println(String.format(Locale.ROOT, format, arguments));
    surroundings.out().flush();
  }
}
