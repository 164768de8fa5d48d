package org.espalier.task;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.espalier.data.ImageDataset;
import org.espalier.tensor.Seeds;
import org.espalier.text.InputException;

/**
 * Few-shot tasks drawn from a data set of many classes, such as Omniglot's characters (episodes as
 * in Vinyals et al., NeurIPS 2016, section 3). An episode is a function of (part, seed, its
 * number).
 */
public final class TaskSet {
  private final ImageDataset data;
  private final ClassSplit classes;
  private final int[][] members;

  /**
   * The tasks of a data set.
   *
   * @param data all images
   * @param classes what each class is for; classes that are in no part are not used
   */
  public TaskSet(ImageDataset data, ClassSplit classes) {
    this.data = data;
    this.classes = classes;
    int count = data.classes().size();
    for (MetaPart part : MetaPart.values()) {
      for (int label : classes.of(part)) {
        if (label >= count) {
          throw new IllegalArgumentException(
              "%s names class %s of %s".formatted(part, label, count));
        }
      }
    }
    this.members = members(data);
  }

  /** The images that episodes name. */
  public ImageDataset data() {
    return data;
  }

  /** What each class is for. */
  public ClassSplit classes() {
    return classes;
  }

  /**
   * Draws one episode: classes without replacement, then examples of each without replacement.
   *
   * @param part whose classes are drawn
   * @param settings size of the task
   * @param seed of the series of episodes
   * @param number of the episode in its series
   * @throws IllegalArgumentException if the part has too few classes, or one of its classes too few
   *     examples
   */
  public Episode episode(MetaPart part, EpisodeSettings settings, long seed, long number) {
    check(part, settings);
    RandomGenerator random = Seeds.generator(seed, part.key(), number);
    int[] drawn =
        draw(
            classes.of(part).stream().mapToInt(Integer::intValue).toArray(),
            settings.ways(),
            random);
    int shots = settings.shots();
    int queries = settings.queries(part);
    int[] support = new int[drawn.length * shots];
    int[] query = new int[drawn.length * queries];
    for (int way = 0; way < drawn.length; way++) {
      int[] examples = draw(members[drawn[way]], shots + queries, random);
      System.arraycopy(examples, 0, support, way * shots, shots);
      System.arraycopy(examples, shots, query, way * queries, queries);
    }
    return new Episode(drawn, support, query);
  }

  private void check(MetaPart part, EpisodeSettings settings) {
    List<Integer> labels = classes.of(part);
    if (labels.size() < settings.ways()) {
      throw new InputException(
          "%s has %s classes; ways=%s needs as many"
              .formatted(part, labels.size(), settings.ways()));
    }
    int queries = settings.queries(part);
    // All classes of the part, so that whether it fails does not depend on the draw.
    for (int label : labels) {
      if (members[label].length < (long) settings.shots() + queries) {
        throw new InputException(
            "class '%s' has %s examples; shots=%s and %s=%s need %s"
                .formatted(
                    data.classes().get(label),
                    members[label].length,
                    settings.shots(),
                    part == MetaPart.TRAIN ? "learningQueries" : "queries",
                    queries,
                    (long) settings.shots() + queries));
      }
    }
  }

  /** The first numbers of a Fisher-Yates shuffle. */
  private static int[] draw(int[] numbers, int count, RandomGenerator random) {
    int[] order = numbers.clone();
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i, order.length);
      int moved = order[i];
      order[i] = order[j];
      order[j] = moved;
    }
    return Arrays.copyOf(order, count);
  }

  private static int[][] members(ImageDataset data) {
    int[] counts = data.classCounts(IntStream.range(0, data.size()).toArray());
    int[][] members = new int[counts.length][];
    Arrays.setAll(members, label -> new int[counts[label]]);
    int[] next = new int[counts.length];
    for (int example = 0; example < data.size(); example++) {
      int label = data.label(example);
      members[label][next[label]++] = example;
    }
    return members;
  }
}
