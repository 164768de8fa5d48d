package org.espalier.data;

import java.util.Optional;
import org.espalier.augment.Augmentation;
import org.espalier.augment.Canvas;
import org.espalier.augment.Placement;
import org.espalier.tensor.Seeds;

/**
 * Makes batches of one part of a data set. What is in a batch is a function of (seed, epoch, number
 * of the batch), so a training can go on in the middle of an epoch. All epochs of a source share
 * two batches' memory: a batch is valid until the next one is asked for. For one thread.
 */
public final class BatchSource {
  private static final long ORDER = 1;
  private static final long PLACEMENT = 2;
  private static final long POLICY = 3;

  private final ImageDataset data;
  private final int[] examples;
  private final Normalization normalization;
  private final float[] levels;
  private final int batchSize;
  private final byte[] image;
  private Optional<Batch> full = Optional.empty();
  private Optional<Batch> partial = Optional.empty();

  /**
   * A source of these examples.
   *
   * @param data all images
   * @param examples numbers of at least one example, as in a part of a {@link Split}
   * @param normalization from the training part
   * @param batchSize images of a batch, at least 1
   */
  public BatchSource(
      ImageDataset data, int[] examples, Normalization normalization, int batchSize) {
    if (examples.length == 0) {
      throw new IllegalArgumentException("batches need at least one example");
    }
    if (batchSize < 1) {
      throw new IllegalArgumentException("batchSize must be at least 1, got " + batchSize);
    }
    if (normalization.mean().size() != data.shape().channels()) {
      throw new IllegalArgumentException(
          "normalisation of %s channels for images %s"
              .formatted(normalization.mean().size(), data.shape()));
    }
    for (int example : examples) {
      if (example < 0 || example >= data.size()) {
        throw new IllegalArgumentException(
            "example %s of a data set of %s".formatted(example, data.size()));
      }
    }
    this.data = data;
    this.examples = examples.clone();
    this.normalization = normalization;
    this.levels = normalization.levels(data.maxValue());
    this.batchSize = batchSize;
    this.image = new byte[data.shape().size()];
  }

  /** How many examples there are. */
  public int examples() {
    return examples.length;
  }

  /**
   * The batches of one training epoch, in the order of a shuffle.
   *
   * @param seed of the training
   * @param epoch from 0
   * @param augmentation of each image, drawn from (seed, epoch, example)
   * @param last whether a smaller last batch is kept
   */
  public Batches epoch(long seed, int epoch, Augmentation augmentation, LastBatch last) {
    int[] order = examples.clone();
    Splits.shuffle(order, Seeds.generator(seed, ORDER, epoch));
    return new Batches(order, last, rendering(seed, epoch, augmentation));
  }

  /** The batches of an evaluation: every example once, unchanged, in the order given. */
  public Batches inOrder() {
    return new Batches(examples, LastBatch.KEEP, this::copy);
  }

  private Rendering rendering(long seed, int epoch, Augmentation augmentation) {
    if (augmentation.equals(Augmentation.NONE)) {
      return this::copy;
    }
    if (!augmentation.hasPolicy()) {
      return (example, target, to) -> {
        data.read(example, image);
        placement(seed, epoch, augmentation, example)
            .render(image, 0, data.shape(), levels, target, to);
      };
    }
    // Operations draw from a stream of their own, so that they do not move images elsewhere.
    Canvas canvas = new Canvas(data.shape(), data.maxValue(), augmentation.fill());
    float[] stretched = normalization.levels(Placement.LEVELS - 1);
    return (example, target, to) -> {
      data.read(example, image);
      canvas.load(image);
      canvas.apply(augmentation.steps(data.shape(), Seeds.generator(seed, POLICY, epoch, example)));
      placement(seed, epoch, augmentation, example)
          .render(canvas.pixels(), 0, data.shape(), stretched, target, to);
    };
  }

  private Placement placement(long seed, int epoch, Augmentation augmentation, int example) {
    return augmentation.draw(data.shape(), Seeds.generator(seed, PLACEMENT, epoch, example));
  }

  private void copy(int example, float[] target, int to) {
    data.read(example, image);
    Placement.IDENTITY.render(image, 0, data.shape(), levels, target, to);
  }

  private Batch buffer(int size) {
    if (size == batchSize) {
      full = full.or(() -> Optional.of(new Batch(data.shape(), size)));
      return full.orElseThrow();
    }
    partial =
        partial
            .filter(batch -> batch.size() == size)
            .or(() -> Optional.of(new Batch(data.shape(), size)));
    return partial.orElseThrow();
  }

  /** Writes an example as it is shown to a network, from a position on. */
  private interface Rendering {
    void render(int example, float[] target, int to);
  }

  /** The batches of one epoch. Any can be asked for at any time. */
  public final class Batches {
    private final int[] order;
    private final int count;
    private final Rendering rendering;

    private Batches(int[] order, LastBatch last, Rendering rendering) {
      this.order = order;
      this.rendering = rendering;
      this.count =
          last == LastBatch.KEEP
              ? (int) ((order.length + (long) batchSize - 1) / batchSize)
              : order.length / batchSize;
    }

    /** How many batches the epoch has; 0 if the only batch is smaller and dropped. */
    public int size() {
      return count;
    }

    /**
     * Makes one batch, in memory that the next call overwrites.
     *
     * @param index from 0 to {@code size() - 1}
     */
    public Batch get(int index) {
      if (index < 0 || index >= count) {
        throw new IndexOutOfBoundsException("batch %s of %s".formatted(index, count));
      }
      int from = index * batchSize;
      Batch batch = buffer(Math.min(batchSize, order.length - from));
      int imageSize = data.shape().size();
      for (int i = 0; i < batch.size(); i++) {
        int example = order[from + i];
        batch.examples()[i] = example;
        batch.labels()[i] = data.label(example);
        rendering.render(example, batch.images(), i * imageSize);
      }
      return batch;
    }
  }
}
