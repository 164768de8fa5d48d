package org.espalier.search.method;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.settings.SettingException;

/**
 * The data sets that a search learns from.
 *
 * @param fingerprints of the data sets by name, at least one; kept in the order of the names
 */
public record SearchData(Map<String, String> fingerprints) {
  /** Name of a data set that is the only one and was given none. */
  public static final String ONLY = "data";

  public SearchData {
    fingerprints = Collections.unmodifiableMap(new TreeMap<>(fingerprints));
    if (fingerprints.isEmpty()) {
      throw new IllegalArgumentException("a search learns from at least one data set");
    }
  }

  /** A single data set, named {@link #ONLY}. */
  public static SearchData of(String fingerprint) {
    return new SearchData(Map.of(ONLY, fingerprint));
  }

  /** Names of the data sets, sorted. */
  public List<String> names() {
    return List.copyOf(fingerprints.keySet());
  }

  /**
   * The fingerprint of a data set.
   *
   * @throws SettingException if there is none of this name, with the names there are
   */
  public String fingerprint(String name) {
    String fingerprint = fingerprints.get(name);
    if (fingerprint == null) {
      throw new SettingException(
          "dataSets", "has no '%s', only %s".formatted(name, String.join(", ", names())));
    }
    return fingerprint;
  }

  /**
   * The fingerprint of the data set, for methods that learn from one.
   *
   * @throws SettingException if there are several
   */
  public String only() {
    if (fingerprints.size() > 1) {
      throw new SettingException(
          "dataSets",
          "must be one, as the method learns from one, got %s: %s"
              .formatted(fingerprints.size(), String.join(", ", names())));
    }
    return fingerprints.values().iterator().next();
  }
}
