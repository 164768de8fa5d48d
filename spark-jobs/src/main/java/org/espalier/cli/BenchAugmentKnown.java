package org.espalier.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.espalier.data.LabelledData;
import org.espalier.data.format.DatasetSettings;
import org.espalier.data.format.Datasets;
import org.espalier.search.augment.AugmentSettings;
import org.espalier.search.augment.AugmentStudy;
import org.espalier.search.augment.LevelSlope;
import org.espalier.storage.HadoopFileSystems;
import org.espalier.tensor.NativeRuntime;
import org.espalier.text.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks augmentation search against a known answer. */
@Command(
    name = "augment-known",
    description =
        "Augmentation search where images to learn from stand upright and those to judge by are"
            + " turned by up to 25 degrees: how much each operation is in, how often it is applied"
            + " and how strongly, which should end high for rotation and low for inverting. In this"
            + " process; about two minutes a seed.")
final class BenchAugmentKnown implements Callable<Integer> {
  private static final int UPRIGHT = 4000;
  private static final int TURNED = 2000;

  private final Surroundings surroundings;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FOLDER",
      description = "Images in the IDX format, such as those of Fashion-MNIST; 6,000 are taken.")
  private Path data;

  @Option(
      names = "--level-slope",
      paramLabel = "HOW",
      defaultValue = "SCORE",
      description = "How levels learn: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
  private LevelSlope slope;

  @Mixin private SeedOptions seeds = new SeedOptions(5);

  BenchAugmentKnown(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    List<Long> searched = seeds.all();
    LabelledData all =
        Datasets.open(
            new DatasetSettings.Idx(data.toString(), null, null, null),
            HadoopFileSystems.configuration());
    if (all.images().size() < UPRIGHT + TURNED) {
      throw new InputException(
          "--data %s has %s images, %s are needed"
              .formatted(data, all.images().size(), UPRIGHT + TURNED));
    }
    NativeRuntime.start();
    say("seed,operation,in,applied,level");
    AugmentSettings settings = AugmentStudy.settings(null, slope, AugmentStudy.LEARNING);
    for (long seed : searched) {
      List<AugmentStudy.Found> found =
          AugmentStudy.run(AugmentStudy.turned(all, UPRIGHT, TURNED, seed), settings, seed);
      for (AugmentStudy.Found each : found) {
        say(
            String.format(
                Locale.ROOT,
                "%s,%s,%.3f,%.3f,%.3f",
                seed,
                each.operation(),
                each.in(),
                each.applied(),
                each.level()));
      }
    }
    return ExitCode.DONE;
  }

  private void say(String line) {
    surroundings.out().println(line);
    surroundings.out().flush();
  }
}
