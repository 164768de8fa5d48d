package org.espalier.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.espalier.storage.Hashes;

/**
 * How an exported file, run by the program it was made for, compares with our own network on the
 * same images.
 *
 * <p>Two programs round differently, and a logit is rounded in steps of its size, so what rounding
 * explains depends on the network: on the size of its logits, on how many places it takes means of,
 * and on how much the program differs from itself when it computes the same images in other
 * batches. An export is wrong if a logit differs by more. A class is chosen by the largest logit,
 * the first of equal ones, on both sides; where the two best logits are nearer to each other than
 * twice the tolerance both choices are right. Such images are counted as {@code nearTies}.
 *
 * @param format what was exported
 * @param runtime the program that ran it, with its version
 * @param fileHash SHA-256 of the file
 * @param images number of images compared, at least 1
 * @param classes logits an image
 * @param largest the largest difference of any logit
 * @param tolerance what the largest difference must be below
 * @param agreeing images for which both choose the same class
 * @param nearTies images whose two best logits, by our network, are nearer than twice the tolerance
 */
public record ExportProof(
    ExportFormat format,
    String runtime,
    String fileHash,
    int images,
    int classes,
    Difference largest,
    double tolerance,
    int agreeing,
    int nearTies) {
  /** The least tolerance: for logits of about 10 and less. */
  static final double LEAST = 1e-4;

  /**
   * Tolerance as a share of the largest logit: about a hundred roundings of float32, as the sums of
   * a deep network have.
   */
  static final double SHARE = 1e-5;

  /**
   * What a mean over a map may add for each of its places, as a share of the largest logit. DL4J
   * adds them one after the other in float32. The {@code i}-th sum is rounded by at most {@code
   * 2^-24} of itself; of equal terms, as even areas have them, it is {@code i/n} of the last sum
   * and all may be rounded the same way, which makes {@code n 2^-25} of the mean together (Higham,
   * Accuracy and Stability of Numerical Algorithms, 2002, section 4.2). Even maps of 8x8 to 512x512
   * places were seen to reach half of that. Up to 335 places it is below {@link #SHARE}.
   */
  static final double MEAN_SHARE = 0x1p-25;

  /** What means may add at most, as a share of the largest logit: that of maps of 579x579. */
  static final double MOST_MEAN_SHARE = 1e-2;

  /** What a program's own spread may add at most, as a share of the largest logit. */
  static final double MOST_SHARE = 1e-3;

  private static final double SPREADS = 4;

  /**
   * Where an export differs.
   *
   * @param image number of the image, from 0
   * @param logit number of the class, from 0
   * @param ours what our network says
   * @param theirs what the export says
   */
  public record Difference(int image, int logit, double ours, double theirs) {
    /** Absolute; infinite if one is not finite. */
    public double size() {
      double size = Math.abs(ours - theirs);
      return Double.isNaN(size) ? Double.POSITIVE_INFINITY : size;
    }
  }

  /**
   * Opens a file, runs it on all images and compares. The proof may have failed: see {@link
   * #passed}.
   *
   * @param format what the file is
   * @param file its content
   * @param images images with our own logits
   * @throws IllegalArgumentException if the file cannot be opened or gives another number of logits
   */
  public static ExportProof of(ExportFormat format, byte[] file, ProofImages images) {
    try (RunnableModel model = format.open(file, images.shape())) {
      float[] actual = images.logits(model);
      Exported exported = new Exported(format, model.runtime(), Hashes.hex(file));
      Rounding rounding = new Rounding(images.longestMean(), 0);
      ExportProof proof = compare(exported, images.count(), images.logits(), actual, rounding);
      if (proof.passed()) {
        return proof;
      }
      double spread = largest(actual, images.logitsOneByOne(model), actual.length).size();
      rounding = new Rounding(images.longestMean(), spread);
      return compare(exported, images.count(), images.logits(), actual, rounding);
    }
  }

  /** What was run, for {@link #compare}. */
  record Exported(ExportFormat format, String runtime, String fileHash) {}

  /**
   * What explains differences besides the size of logits.
   *
   * @param longestMean the most places over which the network takes a mean, at least 1
   * @param spread by how much the runtime differs from itself
   */
  record Rounding(long longestMean, double spread) {}

  /** Compares logits {@code [images, classes]}. */
  static ExportProof compare(
      Exported exported, int images, float[] expected, float[] actual, Rounding rounding) {
    if (actual.length != expected.length) {
      throw new IllegalArgumentException(
          "the %s model gives %s logits for %s images, our network %s"
              .formatted(exported.format(), actual.length, images, expected.length));
    }
    int classes = expected.length / images;
    double tolerance = tolerance(expected, rounding);
    int agreeing = 0;
    int nearTies = 0;
    for (int from = 0; from < expected.length; from += classes) {
      int best = best(expected, from, classes);
      agreeing += best == best(actual, from, classes) ? 1 : 0;
      nearTies += gap(expected, from, classes, best) < 2 * tolerance ? 1 : 0;
    }
    return new ExportProof(
        exported.format(),
        exported.runtime(),
        exported.fileHash(),
        images,
        classes,
        largest(expected, actual, classes),
        tolerance,
        agreeing,
        nearTies);
  }

  private static double tolerance(float[] expected, Rounding rounding) {
    double size = 0;
    for (float logit : expected) {
      size = Math.max(size, Float.isFinite(logit) ? Math.abs(logit) : 0);
    }
    double explained = Math.min(SPREADS * rounding.spread(), MOST_SHARE * size);
    double means = Math.min(MEAN_SHARE * rounding.longestMean(), MOST_MEAN_SHARE);
    return Math.max(LEAST, Math.max(Math.max(SHARE, means) * size, explained));
  }

  private static Difference largest(float[] expected, float[] actual, int classes) {
    Difference largest = new Difference(0, 0, expected[0], actual[0]);
    for (int i = 1; i < expected.length; i++) {
      Difference each = new Difference(i / classes, i % classes, expected[i], actual[i]);
      largest = each.size() > largest.size() ? each : largest;
    }
    return largest;
  }

  /** Share of images for which both choose the same class, in percent. */
  public double argmaxAgreement() {
    return 100.0 * agreeing / images;
  }

  /** The largest difference of any logit, absolute; infinite if one is not finite. */
  public double largestDifference() {
    return largest.size();
  }

  /**
   * Whether all logits differ by less than the tolerance. Then classes differ at near ties only.
   */
  public boolean passed() {
    return largestDifference() < tolerance;
  }

  /** What differs, for people. */
  public String describe() {
    return String.format(
        Locale.ROOT,
        "the %s export does not agree with the network: for test image %d of the proof the logit"
            + " of class %d is %s instead of %s, a difference of %.3g where rounding explains less"
            + " than %.1e; the same class for %d of %d images, %d of which are near ties",
        format,
        largest.image() + 1,
        largest.logit() + 1,
        (float) largest.theirs(),
        (float) largest.ours(),
        largestDifference(),
        tolerance,
        agreeing,
        images,
        nearTies);
  }

  /**
   * Proofs as JSON, to be kept beside the models.
   *
   * @param proofs all on the same images
   * @param origin where the images are from, for people
   */
  public static String toJson(List<ExportProof> proofs, String origin) {
    JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    ArrayNode list = mapper.createArrayNode();
    for (ExportProof proof : proofs) {
      ObjectNode node = list.addObject();
      node.put("format", proof.format().name());
      node.put("runtime", proof.runtime());
      node.put("fileHash", proof.fileHash());
      node.put("images", proof.images());
      node.put("imagesFrom", origin);
      node.put("classes", proof.classes());
      node.put("largestDifference", proof.largestDifference());
      node.put("tolerance", proof.tolerance());
      node.put("argmaxAgreement", proof.argmaxAgreement());
      node.put("nearTies", proof.nearTies());
      node.put("passed", proof.passed());
    }
    try {
      return mapper.writeValueAsString(list);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a proof is plain data", e);
    }
  }

  private static int best(float[] logits, int from, int classes) {
    int best = 0;
    for (int i = 1; i < classes; i++) {
      if (logits[from + i] > logits[from + best]) {
        best = i;
      }
    }
    return best;
  }

  private static double gap(float[] logits, int from, int classes, int best) {
    double gap = Double.POSITIVE_INFINITY;
    for (int i = 0; i < classes; i++) {
      if (i != best) {
        gap = Math.min(gap, (double) logits[from + best] - logits[from + i]);
      }
    }
    return gap;
  }
}
