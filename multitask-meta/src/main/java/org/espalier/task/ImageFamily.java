package org.espalier.task;

import java.util.Arrays;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.espalier.data.ImageDataset;
import org.espalier.data.Normalization;
import org.espalier.network.ImageShape;
import org.espalier.tensor.Seeds;
import org.espalier.text.InputException;

/**
 * Few-shot tasks over the classes of one data set. Images of one channel may be handed out with
 * several, each a copy, so that one network serves data sets of both kinds.
 */
public final class ImageFamily implements TaskFamily {
  private static final long TURNS = 1;

  private final String name;
  private final TaskSet tasks;
  private final EpisodeSettings episodes;
  private final int channels;
  private final float[] levels;

  /**
   * A family.
   *
   * @param name what it is called
   * @param tasks classes and images
   * @param episodes how large its tasks are
   * @param normalization of the images' own channels
   * @param channels of the images that are handed out: their own number, or any if that is one
   */
  public ImageFamily(
      String name,
      TaskSet tasks,
      EpisodeSettings episodes,
      Normalization normalization,
      int channels) {
    this.name = Objects.requireNonNull(name, "name");
    this.tasks = Objects.requireNonNull(tasks, "tasks");
    this.episodes = Objects.requireNonNull(episodes, "episodes");
    int own = tasks.data().shape().channels();
    if (own != channels && own != 1) {
      throw new IllegalArgumentException(
          "images of %s channels cannot be handed out with %s".formatted(own, channels));
    }
    this.channels = channels;
    ImageShape shape = tasks.data().shape();
    if (episodes.quarterTurns() && shape.height() != shape.width()) {
      throw new InputException(
          "quarterTurns needs square images; those of '%s' are %sx%s"
              .formatted(name, shape.height(), shape.width()));
    }
    this.levels = normalization.levels(tasks.data().maxValue());
  }

  @Override
  public String name() {
    return name;
  }

  /** Shape of the images that are handed out. */
  public ImageShape shape() {
    ImageShape own = tasks.data().shape();
    return new ImageShape(own.height(), own.width(), channels);
  }

  /** How large its tasks are. */
  public EpisodeSettings episodes() {
    return episodes;
  }

  @Override
  public Task draw(MetaPart part, long seed) {
    Episode episode = tasks.episode(part, episodes, seed, 0);
    int[] turns = new int[episodes.ways()];
    if (episodes.quarterTurns() && part == MetaPart.TRAIN) {
      RandomGenerator random = Seeds.generator(seed, part.key(), TURNS);
      Arrays.setAll(turns, way -> random.nextInt(4));
    }
    int[] support = episode.supportLabels();
    int[] query = episode.queryLabels();
    return new Task(
        Examples.classified(images(episode.support(), support, turns), support),
        Examples.classified(images(episode.query(), query, turns), query),
        episodes.ways());
  }

  /**
   * Images as networks get them.
   *
   * @param numbers of the images in the data set
   * @param labels of them in the task
   * @param turns of each label, in quarters
   */
  private float[] images(int[] numbers, int[] labels, int[] turns) {
    ImageDataset data = tasks.data();
    int own = data.shape().channels();
    byte[] pixels = new byte[data.shape().size()];
    int copies = channels / own;
    int levelCount = levels.length / own;
    float[] images = new float[numbers.length * pixels.length * copies];
    int at = 0;
    for (int image = 0; image < numbers.length; image++) {
      data.read(numbers[image], pixels);
      for (int i = 0; i < pixels.length; i++) {
        int pixel = pixels[source(i / own, turns[labels[image]]) * own + i % own] & 0xff;
        float value = levels[i % own * levelCount + pixel];
        for (int copy = 0; copy < copies; copy++) {
          images[at++] = value;
        }
      }
    }
    return images;
  }

  /** The place from which a place of an image turned anticlockwise takes its pixel. */
  private int source(int place, int turns) {
    int side = tasks.data().shape().width();
    int row = place / side;
    int column = place % side;
    return switch (turns) {
      case 0 -> place;
      case 1 -> column * side + side - 1 - row;
      case 2 -> (side - 1 - row) * side + side - 1 - column;
      default -> (side - 1 - column) * side + row;
    };
  }
}
