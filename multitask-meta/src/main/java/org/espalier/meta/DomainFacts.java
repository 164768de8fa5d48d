package org.espalier.meta;

import java.util.List;
import java.util.Objects;
import org.espalier.data.Normalization;
import org.espalier.network.ImageShape;

/**
 * What is known of a family without its data.
 *
 * @param name of the family
 * @param support examples that a task adapts to, at least 1
 * @param query examples that it is judged by, at least 1
 * @param learningQuery the same of tasks that are learned from
 * @param classes that it tells apart; 0 for curves
 * @param images of what kind they are; none or one
 */
public record DomainFacts(
    String name, int support, int query, int learningQuery, int classes, List<Images> images) {
  /**
   * Images of a data set.
   *
   * @param fingerprint of the data
   * @param shape of one
   * @param normalization from the classes of meta-training
   */
  public record Images(String fingerprint, ImageShape shape, Normalization normalization) {}

  public DomainFacts {
    Objects.requireNonNull(name, "name");
    images = List.copyOf(images);
    if (support < 1 || query < 1 || learningQuery < 1 || classes < 0 || images.size() > 1) {
      throw new IllegalArgumentException(
          "'%s' cannot have %s support and %s query examples of %s classes"
              .formatted(name, support, query, classes));
    }
  }
}
