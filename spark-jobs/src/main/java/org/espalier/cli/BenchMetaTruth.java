package org.espalier.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.espalier.meta.MetaStudy;
import org.espalier.tensor.NativeRuntime;
import org.espalier.text.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Checks meta search against a known answer. */
@Command(
    name = "meta-truth",
    description =
        "Meta search over sinusoids, lines and quadratics, where each family has a function that"
            + " is right: how often the controller picks it for new tasks, and how often if it"
            + " sees another task. In this process; minutes a seed.")
final class BenchMetaTruth implements Callable<Integer> {
  private final Surroundings surroundings;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Searches; default ${DEFAULT-VALUE}.")
  private int seeds;

  @Option(
      names = "--first-seed",
      paramLabel = "SEED",
      defaultValue = "1",
      description = "Seed of the first search; the others follow; default ${DEFAULT-VALUE}.")
  private long firstSeed;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "" + MetaStudy.ROUNDS,
      description = "Rounds of 12 tasks that a search learns in; default ${DEFAULT-VALUE}.")
  private int rounds;

  BenchMetaTruth(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    atLeastOne("--seeds", seeds);
    atLeastOne("--rounds", rounds);
    NativeRuntime.start();
    say(
        "seed,family,right function,right %,right % if shuffled,score %,"
            + String.join(
                ",", MetaStudy.functions().stream().map(each -> each + " alone %").toList()));
    double right = 0;
    double shuffled = 0;
    int count = 0;
    for (int i = 0; i < seeds; i++) {
      for (MetaStudy.Family family : MetaStudy.run(firstSeed + i, rounds)) {
        say(line(firstSeed + i, family));
        right += family.right();
        shuffled += family.shuffled();
        count++;
      }
    }
    say("all,,," + percent(right / count) + "," + percent(shuffled / count));
    return ExitCode.DONE;
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new InputException("%s must be at least 1, got %s".formatted(name, value));
    }
  }

  private static String line(long seed, MetaStudy.Family family) {
    List<String> cells =
        new ArrayList<>(
            List.of(
                Long.toString(seed),
                family.name(),
                family.function(),
                percent(family.right()),
                percent(family.shuffled()),
                percent(family.score())));
    family.scores().forEach(score -> cells.add(percent(score)));
    return String.join(",", cells);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share);
  }

  private void say(String line) {
    surroundings.out().println(line);
    surroundings.out().flush();
  }
}
