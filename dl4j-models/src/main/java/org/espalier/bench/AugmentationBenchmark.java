package org.espalier.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.espalier.augment.Canvas;
import org.espalier.augment.ImageOperation;
import org.espalier.augment.Magnitudes;
import org.espalier.augment.Policy;
import org.espalier.augment.PublishedPolicy;
import org.espalier.augment.Step;
import org.espalier.network.ImageShape;
import org.espalier.tensor.Seeds;

/**
 * Times the operations of augmentation, each over all its levels, and whole policies with what they
 * draw, on one thread: its processor time in microseconds an image. {@code
 * bench/pillow_operations.py} and {@code bench/torchvision_operations.py} print the same columns.
 */
public final class AugmentationBenchmark {
  /** Columns of each line. */
  public static final String HEADER = "what,images,cpu_us";

  /** The images that are timed: those of Fashion-MNIST and of CIFAR-10. */
  public static final List<ImageShape> SHAPES =
      List.of(new ImageShape(28, 28, 1), new ImageShape(32, 32, 3));

  private static final int IMAGES = 1000;
  private static final int LEVELS = 31;
  private static final int WARM_UP = 20;
  private static final int PASSES = 10;
  private static final double NANOSECONDS = 1000;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final ImageShape shape;
  private final Canvas canvas;
  private final List<byte[]> images = new ArrayList<>();

  /** A benchmark on random images of a shape. */
  public AugmentationBenchmark(ImageShape shape) {
    this.shape = shape;
    canvas = new Canvas(shape, 255, 0);
    RandomGenerator random = Seeds.generator(1);
    for (int i = 0; i < IMAGES; i++) {
      byte[] image = new byte[shape.size()];
      for (int pixel = 0; pixel < image.length; pixel++) {
        image[pixel] = (byte) random.nextInt(20, 200);
      }
      images.add(image);
    }
  }

  /**
   * Times everything.
   *
   * @param rounds of which the median counts, at least 1; all things take turns in each
   * @return lines under {@link #HEADER}
   */
  public List<String> run(int rounds) {
    Map<String, IntFunction<List<Step>>> things = things();
    things.values().forEach(each -> time(each, WARM_UP));
    Map<String, double[]> times = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (String name : things.keySet()) {
        double time = time(things.get(name), PASSES);
        times.computeIfAbsent(name, key -> new double[rounds])[round] = time;
      }
    }
    List<String> lines = new ArrayList<>();
    times.forEach(
        (name, each) -> {
          Arrays.sort(each);
          lines.add(
              String.format(
                  Locale.ROOT,
                  "%s,%dx%dx%d,%.3f",
                  name,
                  shape.height(),
                  shape.width(),
                  shape.channels(),
                  each[rounds / 2]));
        });
    return lines;
  }

  private Map<String, IntFunction<List<Step>>> things() {
    Map<String, IntFunction<List<Step>>> things = new LinkedHashMap<>();
    for (ImageOperation operation : ImageOperation.values()) {
      if (operation.changes(shape)) {
        RandomGenerator random = Seeds.generator(2);
        List<List<Step>> steps =
            IntStream.range(0, LEVELS)
                .mapToDouble(level -> level / (LEVELS - 1.0))
                .mapToObj(
                    level ->
                        List.of(Magnitudes.TRIVIAL_AUGMENT.draw(operation, level, shape, random)))
                .toList();
        things.put(operation.toString(), image -> steps.get(image % LEVELS));
      }
    }
    things.put("policy randAugment", drawing(new Policy.RandAugment(null, null)));
    things.put("policy trivialAugment", drawing(new Policy.TrivialAugment()));
    things.put("policy autoAugment", drawing(new Policy.AutoAugment(PublishedPolicy.CIFAR10)));
    return things;
  }

  private IntFunction<List<Step>> drawing(Policy policy) {
    return image -> policy.draw(shape, Seeds.generator(3, image));
  }

  /** Microseconds an image. */
  private double time(IntFunction<List<Step>> steps, int passes) {
    long start = THREADS.getCurrentThreadCpuTime();
    for (int pass = 0; pass < passes; pass++) {
      for (int i = 0; i < IMAGES; i++) {
        canvas.load(images.get(i));
        canvas.apply(steps.apply(i));
      }
    }
    return (THREADS.getCurrentThreadCpuTime() - start) / NANOSECONDS / ((double) passes * IMAGES);
  }
}
