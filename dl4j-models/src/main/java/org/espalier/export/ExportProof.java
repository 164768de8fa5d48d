package org.espalier.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.espalier.storage.Hashes;

/**
 * How an exported file, run by the program it was made for, compares with our own network on the
 * same images.
 *
 * <p>A class is chosen by the largest logit, the first of equal ones, on both sides, and no image
 * is excused. Two programs round differently, so on an image whose two best logits are nearer to
 * each other than twice the tolerance they may choose differently without either being wrong. Such
 * images are counted as {@code nearTies}; a proof that fails only there says that more than it says
 * about the export.
 *
 * @param format what was exported
 * @param runtime the program that ran it, with its version
 * @param fileHash SHA-256 of the file
 * @param images number of images compared, at least 1
 * @param classes logits an image
 * @param largestDifference of any logit, absolute; infinite if one is not finite
 * @param agreeing images for which both choose the same class
 * @param nearTies images whose two best logits, by our network, are nearer than twice {@link
 *     #TOLERANCE}
 */
public record ExportProof(
    ExportFormat format,
    String runtime,
    String fileHash,
    int images,
    int classes,
    double largestDifference,
    int agreeing,
    int nearTies) {
  /** Logits must differ by less than this. */
  public static final double TOLERANCE = 1e-4;

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
      return compare(
          new Exported(format, model.runtime(), Hashes.hex(file)),
          images.count(),
          images.logits(),
          actual);
    }
  }

  /** What was run, for {@link #compare}. */
  record Exported(ExportFormat format, String runtime, String fileHash) {}

  /** Compares logits {@code [images, classes]}. */
  static ExportProof compare(Exported exported, int images, float[] expected, float[] actual) {
    if (actual.length != expected.length) {
      throw new IllegalArgumentException(
          "the %s model gives %d logits for %d images, our network %d"
              .formatted(exported.format(), actual.length, images, expected.length));
    }
    int classes = expected.length / images;
    int agreeing = 0;
    int nearTies = 0;
    double largest = 0;
    for (int from = 0; from < expected.length; from += classes) {
      for (int i = from; i < from + classes; i++) {
        double difference = Math.abs((double) expected[i] - actual[i]);
        largest =
            Math.max(largest, Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference);
      }
      int best = best(expected, from, classes);
      agreeing += best == best(actual, from, classes) ? 1 : 0;
      nearTies += gap(expected, from, classes, best) < 2 * TOLERANCE ? 1 : 0;
    }
    return new ExportProof(
        exported.format(),
        exported.runtime(),
        exported.fileHash(),
        images,
        classes,
        largest,
        agreeing,
        nearTies);
  }

  /** Share of images for which both choose the same class, in percent. */
  public double argmaxAgreement() {
    return 100.0 * agreeing / images;
  }

  /** Whether all classes agree and all logits differ by less than {@link #TOLERANCE}. */
  public boolean passed() {
    return agreeing == images && largestDifference < TOLERANCE;
  }

  /**
   * Returns this.
   *
   * @throws ExportProofException if it failed
   */
  public ExportProof orThrow() {
    if (!passed()) {
      throw new ExportProofException(this);
    }
    return this;
  }

  /** Proofs as JSON, to be kept beside the models. */
  public static String toJson(List<ExportProof> proofs) {
    JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    ArrayNode list = mapper.createArrayNode();
    for (ExportProof proof : proofs) {
      ObjectNode node = list.addObject();
      node.put("format", proof.format().name());
      node.put("runtime", proof.runtime());
      node.put("fileHash", proof.fileHash());
      node.put("images", proof.images());
      node.put("classes", proof.classes());
      node.put("largestDifference", proof.largestDifference());
      node.put("tolerance", TOLERANCE);
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
