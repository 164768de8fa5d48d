package org.espalier.training;

import java.util.Objects;
import org.espalier.data.Batch;
import org.espalier.data.BatchSource;
import org.espalier.data.ImageDataset;
import org.espalier.data.LabelledData;
import org.espalier.data.Normalization;
import org.espalier.data.Split;

/** What a training learns from and is watched on. Immutable. */
public final class TrainingData {
  private final ImageDataset images;
  private final int[] training;
  private final int[] validation;
  private final Normalization normalization;

  /**
   * Copies the arrays.
   *
   * @param images all images
   * @param training numbers of the examples learned from, at least one
   * @param validation numbers of the examples each epoch is evaluated on; may be empty
   * @param normalization from the training part only
   */
  public TrainingData(
      ImageDataset images, int[] training, int[] validation, Normalization normalization) {
    this.images = Objects.requireNonNull(images, "images");
    this.training = training.clone();
    this.validation = validation.clone();
    this.normalization = Objects.requireNonNull(normalization, "normalization");
    if (training.length == 0) {
      throw new IllegalArgumentException("a training needs at least one example");
    }
  }

  /** The training and validation part of a split, normalised by its training part. */
  public static TrainingData of(LabelledData data, Split split) {
    Normalization normalization = Normalization.of(data.images(), split.train());
    return new TrainingData(data.images(), split.train(), split.validation(), normalization);
  }

  /** All images. */
  public ImageDataset images() {
    return images;
  }

  /** How pixels become inputs. */
  public Normalization normalization() {
    return normalization;
  }

  /** How many examples are learned from. */
  public int trainingSize() {
    return training.length;
  }

  /** How many examples each epoch is evaluated on; may be 0. */
  public int validationSize() {
    return validation.length;
  }

  BatchSource trainingBatches(int batchSize) {
    return new BatchSource(images, training, normalization, batchSize);
  }

  BatchSource validationBatches(int most) {
    return new BatchSource(
        images, validation, normalization, Batch.evaluated(images.shape(), most));
  }
}
