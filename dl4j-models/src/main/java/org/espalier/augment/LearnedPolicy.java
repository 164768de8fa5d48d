package org.espalier.augment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.espalier.network.ImageShape;
import org.espalier.settings.Checks;
import org.espalier.settings.Required;
import org.espalier.settings.SettingException;
import org.espalier.storage.StrictJson;
import org.espalier.text.InputException;

/**
 * A policy as searches find it: one of its sub-policies, drawn uniformly, changes an image by each
 * of its steps, in order, with the step's probability.
 *
 * @param magnitudes what levels mean
 * @param subPolicies at least one, of one or two steps each
 */
public record LearnedPolicy(
    @Required Magnitudes magnitudes, @Required List<List<PolicyStep>> subPolicies) {
  /** The kind that files name, the field {@code kind}. */
  public static final String KIND = "augmentationPolicy";

  /** The version that this program writes and reads, the field {@code version}. */
  public static final int VERSION = 1;

  /** The longest text that is read. */
  public static final int MAX_CHARACTERS = 1 << 20;

  private static final int MOST_SUB_POLICIES = 10_000;
  private static final StrictJson<Document> JSON =
      new StrictJson<>(Document.class, "an augmentation policy", "part", MAX_CHARACTERS);

  public LearnedPolicy {
    Checks.present("magnitudes", magnitudes);
    Checks.present("subPolicies", subPolicies);
    Checks.inRange("subPolicies", 1, MOST_SUB_POLICIES, subPolicies.size());
    for (List<PolicyStep> steps : subPolicies) {
      if (steps.isEmpty() || steps.size() > 2) {
        throw new SettingException(
            "subPolicies", "must have one or two steps each, got " + steps.size());
      }
    }
    subPolicies = subPolicies.stream().map(List::copyOf).toList();
  }

  /** Draws what happens to one image; see {@link Policy#draw}. */
  public List<Step> draw(ImageShape shape, RandomGenerator random) {
    List<Step> drawn = new ArrayList<>(2);
    for (PolicyStep step : subPolicies.get(random.nextInt(subPolicies.size()))) {
      if (random.nextDouble() < step.probability()) {
        drawn.add(magnitudes.draw(step.operation(), step.level(), shape, random));
      }
    }
    return drawn;
  }

  /** The operations that it may draw. */
  public Set<ImageOperation> repertoire() {
    return subPolicies.stream()
        .flatMap(List::stream)
        .filter(step -> step.probability() > 0)
        .map(PolicyStep::operation)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** What it does, in one line for people. */
  public String describe() {
    return subPolicies.stream()
        .map(
            steps ->
                steps.stream().map(LearnedPolicy::describe).collect(Collectors.joining(" then ")))
        .collect(Collectors.joining(", "));
  }

  private static String describe(PolicyStep step) {
    return String.format(
        Locale.ROOT, "%s %.2f at %.2f", step.operation(), step.probability(), step.level());
  }

  /** As JSON text over several lines, ending with a line feed. */
  public String toJson() {
    return JSON.write(new Document(KIND, VERSION, magnitudes, subPolicies));
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @param text itself
   * @param where what the text is called in messages: a file or URI
   * @throws InputException naming the place and what is wrong there
   */
  public static LearnedPolicy fromJson(String text, String where) {
    Document document = JSON.read(text, where);
    try {
      return new LearnedPolicy(document.magnitudes(), document.subPolicies());
    } catch (SettingException e) {
      throw new InputException(where + ": " + e.getMessage(), e);
    }
  }

  /** What the file holds. */
  private record Document(
      String kind, int version, Magnitudes magnitudes, List<List<PolicyStep>> subPolicies) {
    Document {
      if (!kind.equals(KIND)) {
        throw new IllegalArgumentException(
            "holds something of the kind '%s', expected '%s'".formatted(kind, KIND));
      }
      if (version != VERSION) {
        throw new IllegalArgumentException(
            "augmentation policy of version %s, this program reads version %s"
                .formatted(version, VERSION));
      }
    }
  }
}
