package org.espalier.task;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.espalier.data.Batch;
import org.espalier.data.BatchSource;
import org.espalier.data.ImageDataset;
import org.espalier.data.Normalization;

/** A whole data set as one task: some of its images are what a network adapts to. */
public final class Support {
  private Support() {}

  /**
   * Draws support images, class by class. There is nothing to be judged by: the query examples are
   * the same.
   *
   * @param data all images
   * @param examples numbers of those that may be drawn, at least one
   * @param normalization of the images
   * @param shots images of each class, or as many as it has if it has fewer; at least 1
   */
  public static Task draw(
      ImageDataset data,
      int[] examples,
      Normalization normalization,
      int shots,
      RandomGenerator random) {
    List<List<Integer>> members = new ArrayList<>();
    data.classes().forEach(unused -> members.add(new ArrayList<>()));
    // A shuffle as it goes: every member of a class is equally likely to be among its first.
    for (int example : examples) {
      List<Integer> own = members.get(data.label(example));
      own.add(random.nextInt(own.size() + 1), example);
    }
    int[] drawn =
        members.stream()
            .flatMap(own -> own.stream().limit(shots))
            .mapToInt(Integer::intValue)
            .toArray();
    Batch batch = new BatchSource(data, drawn, normalization, drawn.length).inOrder().get(0);
    Examples support = Examples.classified(batch.images(), batch.labels());
    return new Task(support, support, data.classes().size());
  }
}
