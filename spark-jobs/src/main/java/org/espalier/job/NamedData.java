package org.espalier.job;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.data.LabelledData;
import org.espalier.data.SplitSettings;
import org.espalier.data.format.DatasetSettings;
import org.espalier.data.format.PackedDataset;
import org.espalier.run.RunDirectory;
import org.espalier.search.DataLoader;
import org.espalier.search.method.SearchData;
import org.espalier.settings.SettingException;

/**
 * The data sets of a job.
 *
 * @param sets at least one, with different names
 */
record NamedData(List<JobData> sets) {
  NamedData {
    sets = List.copyOf(sets);
    if (sets.isEmpty()) {
      throw new IllegalArgumentException("a job needs at least one data set");
    }
  }

  /**
   * Reads and splits them all, each in the same way.
   *
   * @param settings by name
   * @throws org.espalier.text.InputException as {@link JobData#open}
   */
  static NamedData open(Map<String, DatasetSettings> settings, SplitSettings splitting) {
    List<JobData> sets = new ArrayList<>();
    new TreeMap<>(settings).forEach((name, each) -> sets.add(JobData.open(name, each, splitting)));
    requireUse(splitting, sets);
    return new NamedData(sets);
  }

  /** Settings for parts that come with all of the data would be ignored in silence. */
  private static void requireUse(SplitSettings splitting, List<JobData> sets) {
    SplitSettings standard = SplitSettings.STANDARD;
    boolean validation = sets.stream().anyMatch(each -> each.data().officialValidation() == 0);
    boolean test = sets.stream().anyMatch(each -> each.data().officialTest() == 0);
    if (!test && splitting.testShare() > 0) {
      requireStandard("testShare", splitting.testShare(), standard.testShare(), "a test part");
    }
    if (!validation) {
      requireStandard(
          "validationShare",
          splitting.validationShare(),
          standard.validationShare(),
          "a validation part");
    }
    if (!test && !validation) {
      requireStandard("method", splitting.method(), standard.method(), "all parts");
      requireStandard("seed", splitting.seed(), standard.seed(), "all parts");
    }
  }

  private static void requireStandard(String key, Object value, Object standard, String given) {
    if (!value.equals(standard)) {
      throw new SettingException(
          "split." + key,
          "says nothing here, since the data come with %s, which stays as it is; leave the key out"
              .formatted(given));
    }
  }

  /** One data set. */
  static NamedData of(JobData only) {
    return new NamedData(List.of(only));
  }

  /** The data set of a name; the only one if the name is empty. */
  JobData named(String name) {
    if (name.isEmpty() && sets.size() == 1) {
      return sets.get(0);
    }
    return sets.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("there is no data set '%s'".formatted(name)));
  }

  boolean several() {
    return sets.size() > 1;
  }

  /** The data sets as methods know them. */
  SearchData fingerprints() {
    Map<String, String> fingerprints = new TreeMap<>();
    sets.forEach(each -> fingerprints.put(each.name(), each.fingerprint()));
    return new SearchData(fingerprints);
  }

  /** Gives the data that are here. */
  DataLoader loader() {
    Map<String, LabelledData> loaded = new LinkedHashMap<>();
    distinct().forEach(each -> loaded.put(each.fingerprint(), each.data()));
    return new DataLoader() {
      @Override
      public <D> D load(String fingerprint, Class<D> type) {
        LabelledData found = loaded.get(fingerprint);
        return found == null ? NONE.load(fingerprint, type) : type.cast(found);
      }
    };
  }

  /** Writes each for executors to read. */
  void pack(RunDirectory run) {
    for (JobData each : distinct()) {
      run.data(
          PackedDataset.fileName(each.fingerprint()), out -> PackedDataset.write(each.data(), out));
    }
  }

  /** Bytes of the heap that all images take. */
  long heapBytes() {
    return distinct().stream().mapToLong(JobData::heapBytes).sum();
  }

  /** For {@code result.json}: fingerprints of data and splits, by name if there are several. */
  Map<String, Object> outcome() {
    if (!several()) {
      return fingerprints(sets.get(0));
    }
    Map<String, Object> byName = new TreeMap<>();
    sets.forEach(each -> byName.put(each.name(), fingerprints(each)));
    return Map.of("dataSets", byName);
  }

  private static Map<String, Object> fingerprints(JobData data) {
    return Map.of("data", data.fingerprint(), "split", data.splitFingerprint());
  }

  /** Lines for people about each data set. */
  List<String> describe() {
    return sets.stream()
        .flatMap(
            each ->
                each.describe().stream().map(line -> (several() ? each.name() + ": " : "") + line))
        .toList();
  }

  // Two names may stand for the same data.
  private Collection<JobData> distinct() {
    Map<String, JobData> distinct = new LinkedHashMap<>();
    sets.forEach(each -> distinct.putIfAbsent(each.fingerprint(), each));
    return distinct.values();
  }
}
