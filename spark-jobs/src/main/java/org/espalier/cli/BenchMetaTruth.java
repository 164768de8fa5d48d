package org.espalier.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.espalier.meta.MetaStudy;
import org.espalier.tensor.NativeRuntime;
import org.espalier.text.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin private SeedOptions seeds = new SeedOptions(3);

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
    List<Long> searched = seeds.all();
    if (rounds < 1) {
      throw new InputException("--rounds must be at least 1, got " + rounds);
    }
    NativeRuntime.start();
    say(
        "seed,family,right function,right %,right % if shuffled,score %,"
            + String.join(
                ",", MetaStudy.functions().stream().map(each -> each + " alone %").toList()));
    double right = 0;
    double shuffled = 0;
    int count = 0;
    for (long seed : searched) {
      for (MetaStudy.Family family : MetaStudy.run(seed, rounds)) {
        say(line(seed, family));
        right += family.right();
        shuffled += family.shuffled();
        count++;
      }
    }
    say("all,,," + percent(right / count) + "," + percent(shuffled / count));
    return ExitCode.DONE;
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
