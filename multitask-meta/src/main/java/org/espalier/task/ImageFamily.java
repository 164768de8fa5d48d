package org.espalier.task;

import java.util.Objects;
import org.espalier.data.ImageDataset;
import org.espalier.data.Normalization;
import org.espalier.network.ImageShape;

/**
 * Few-shot tasks over the classes of one data set. Images of one channel may be handed out with
 * several, each a copy, so that one network serves data sets of both kinds.
 */
public final class ImageFamily implements TaskFamily {
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
    return new Task(
        Examples.classified(images(episode.support()), episode.supportLabels()),
        Examples.classified(images(episode.query()), episode.queryLabels()),
        episodes.ways());
  }

  private float[] images(int... numbers) {
    ImageDataset data = tasks.data();
    int own = data.shape().channels();
    byte[] pixels = new byte[data.shape().size()];
    int copies = channels / own;
    int levelCount = levels.length / own;
    float[] images = new float[numbers.length * pixels.length * copies];
    int at = 0;
    for (int number : numbers) {
      data.read(number, pixels);
      for (int i = 0; i < pixels.length; i++) {
        float value = levels[i % own * levelCount + (pixels[i] & 0xff)];
        for (int copy = 0; copy < copies; copy++) {
          images[at++] = value;
        }
      }
    }
    return images;
  }
}
