package org.espalier.augment;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.espalier.network.ImageShape;
import org.espalier.settings.Checks;
import org.espalier.settings.OneOf;
import org.espalier.settings.Place;
import org.espalier.settings.Range;
import org.espalier.storage.TextFiles;

/** Which operations change an image, and how strongly. A component left out takes its default. */
public sealed interface Policy
    permits Policy.None,
        Policy.RandAugment,
        Policy.TrivialAugment,
        Policy.AutoAugment,
        Policy.File {

  /** The operations of RandAugment and of TrivialAugment, in the order of the papers. */
  List<ImageOperation> USUAL =
      List.of(
          ImageOperation.IDENTITY,
          ImageOperation.AUTO_CONTRAST,
          ImageOperation.EQUALIZE,
          ImageOperation.ROTATE,
          ImageOperation.SOLARIZE,
          ImageOperation.COLOR,
          ImageOperation.POSTERIZE,
          ImageOperation.CONTRAST,
          ImageOperation.BRIGHTNESS,
          ImageOperation.SHARPNESS,
          ImageOperation.SHEAR_X,
          ImageOperation.SHEAR_Y,
          ImageOperation.TRANSLATE_X,
          ImageOperation.TRANSLATE_Y);

  /**
   * Draws what happens to one image.
   *
   * @param shape of the image
   * @param random decides
   * @return what to apply, in order; perhaps nothing
   */
  List<Step> draw(ImageShape shape, RandomGenerator random);

  /** The operations that it may draw. */
  Set<ImageOperation> repertoire();

  /** Leaves images as they are. */
  record None() implements Policy {
    @Override
    public List<Step> draw(ImageShape shape, RandomGenerator random) {
      return List.of();
    }

    @Override
    public Set<ImageOperation> repertoire() {
      return Set.of();
    }
  }

  /**
   * Some operations, drawn uniformly, all at one level: Cubuk et al., "RandAugment: Practical
   * automated data augmentation with a reduced search space", NeurIPS 2020, algorithm 1.
   *
   * @param operations that each image gets, one after the other; default 2, usually 1 to 3
   * @param magnitude the level in steps of 1/30; default 9, usually 5 to 14
   */
  record RandAugment(
      @Range(min = 1, max = 16) Integer operations,
      @Range(min = 0, max = RandAugment.STRONGEST) Integer magnitude)
      implements Policy {
    private static final int STRONGEST = 30;

    public RandAugment {
      operations = Checks.given(operations, 2);
      magnitude = Checks.given(magnitude, 9);
      Checks.ranges(RandAugment.class, operations, magnitude);
    }

    @Override
    public List<Step> draw(ImageShape shape, RandomGenerator random) {
      List<Step> drawn = new ArrayList<>(operations);
      for (int i = 0; i < operations; i++) {
        ImageOperation operation = USUAL.get(random.nextInt(USUAL.size()));
        double level = (double) magnitude / STRONGEST;
        drawn.add(Magnitudes.RAND_AUGMENT.draw(operation, level, shape, random));
      }
      return drawn;
    }

    @Override
    public Set<ImageOperation> repertoire() {
      return Set.copyOf(USUAL);
    }
  }

  /**
   * One operation, drawn uniformly, at a level drawn uniformly from 31: Müller and Hutter,
   * "TrivialAugment: Tuning-free Yet State-of-the-Art Data Augmentation", ICCV 2021, algorithm 1,
   * with the wide ranges.
   */
  record TrivialAugment() implements Policy {
    private static final int STRONGEST = 30;

    @Override
    public List<Step> draw(ImageShape shape, RandomGenerator random) {
      ImageOperation operation = USUAL.get(random.nextInt(USUAL.size()));
      double level = (double) random.nextInt(STRONGEST + 1) / STRONGEST;
      return List.of(Magnitudes.TRIVIAL_AUGMENT.draw(operation, level, shape, random));
    }

    @Override
    public Set<ImageOperation> repertoire() {
      return Set.copyOf(USUAL);
    }
  }

  /**
   * A policy that AutoAugment found: Cubuk et al., "AutoAugment: Learning Augmentation Strategies
   * from Data", CVPR 2019, tables 7 to 9.
   *
   * @param learnedOn the data that it was found for; default cifar10
   */
  record AutoAugment(PublishedPolicy learnedOn) implements Policy {
    public AutoAugment {
      learnedOn = Checks.given(learnedOn, PublishedPolicy.CIFAR10);
    }

    @Override
    public List<Step> draw(ImageShape shape, RandomGenerator random) {
      return learnedOn.policy().draw(shape, random);
    }

    @Override
    public Set<ImageOperation> repertoire() {
      return learnedOn.policy().repertoire();
    }
  }

  /**
   * A policy of a file, such as a search leaves.
   *
   * @param path JSON of an augmentation policy, as a URI of any Hadoop file system or a local path
   * @param learned what the file says; default that. A run writes it into its resolved
   *     configuration, and does not need the file any more
   */
  @OneOf(
      value = {"learned", "path"},
      exclusive = false,
      what = "a file with an augmentation policy")
  record File(@Place String path, LearnedPolicy learned) implements Policy {
    public File {
      path = Checks.given(path, "");
      if (learned == null) {
        Checks.notBlank("path", path);
        learned =
            LearnedPolicy.fromJson(
                TextFiles.read("augmentation policy", path, LearnedPolicy.MAX_CHARACTERS), path);
      }
    }

    @Override
    public List<Step> draw(ImageShape shape, RandomGenerator random) {
      return learned.draw(shape, random);
    }

    @Override
    public Set<ImageOperation> repertoire() {
      return learned.repertoire();
    }
  }

  /** What a search found, as a policy of its own. */
  static Policy of(LearnedPolicy learned) {
    return new File(null, learned);
  }
}
