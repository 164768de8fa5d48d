package org.espalier.augment;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/**
 * The policies that Cubuk et al. published: "AutoAugment: Learning Augmentation Strategies from
 * Data", CVPR 2019, tables 7 to 9. Step {@code k} of their ten magnitudes is the level {@code k /
 * 10}, as in their program.
 */
public enum PublishedPolicy {
  /** Found on 4,000 images of CIFAR-10. */
  @JsonProperty("cifar10")
  CIFAR10("cifar10"),
  /** Found on 1,000 images of SVHN, which shows digits. */
  @JsonProperty("svhn")
  SVHN("svhn"),
  /** Found on 6,000 images of 120 classes of ImageNet. */
  @JsonProperty("imageNet")
  IMAGE_NET("imagenet");

  private static final Map<PublishedPolicy, LearnedPolicy> POLICIES = read();

  private final String file;

  PublishedPolicy(String file) {
    this.file = file;
  }

  /** The policy: 25 sub-policies of two steps. */
  public LearnedPolicy policy() {
    return POLICIES.get(this);
  }

  private static Map<PublishedPolicy, LearnedPolicy> read() {
    Map<PublishedPolicy, LearnedPolicy> policies = new EnumMap<>(PublishedPolicy.class);
    for (PublishedPolicy each : values()) {
      String name = "autoaugment-%s.json".formatted(each.file);
      try (InputStream in = PublishedPolicy.class.getResourceAsStream(name)) {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        policies.put(each, LearnedPolicy.fromJson(text, name));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return policies;
  }
}
