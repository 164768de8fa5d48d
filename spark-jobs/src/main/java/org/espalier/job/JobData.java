package org.espalier.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.espalier.data.LabelledData;
import org.espalier.data.Normalization;
import org.espalier.data.Split;
import org.espalier.data.SplitSettings;
import org.espalier.data.Splits;
import org.espalier.data.format.DatasetSettings;
import org.espalier.data.format.Datasets;
import org.espalier.data.format.PicturePreprocessing;
import org.espalier.settings.SettingException;
import org.espalier.storage.HadoopFileSystems;
import org.espalier.storage.Hashes;
import org.espalier.text.InputException;

/**
 * A data set of a job.
 *
 * @param name in the configuration
 * @param data all examples
 * @param preprocessing what makes such images of pictures
 * @param split into disjoint parts
 * @param normalization from the training part
 * @param remarks what people should know of the data, a line each
 */
record JobData(
    String name,
    LabelledData data,
    PicturePreprocessing preprocessing,
    Split split,
    Normalization normalization,
    List<String> remarks) {
  JobData {
    remarks = List.copyOf(remarks);
  }

  /**
   * Reads and splits.
   *
   * @throws InputException if the data cannot be used, have a single class, or leave no test part
   */
  static JobData open(String name, DatasetSettings settings, SplitSettings splitting) {
    List<String> remarks = new ArrayList<>();
    LabelledData data = Datasets.open(settings, HadoopFileSystems.configuration(), remarks::add);
    requireSeveralClasses(name, data.images().classes());
    Split split = Splits.split(data, splitting);
    if (split.test().length == 0) {
      throw new SettingException(
          "split.testShare",
          "must be larger: the split leaves no test part of %s images to judge by"
              .formatted(data.poolSize()));
    }
    int judged = split.validation().length + split.test().length;
    int duplicates = Splits.duplicatesAcrossParts(data, split);
    if (duplicates > 0) {
      remarks.add(
          String.format(
                  Locale.ROOT,
                  "%,d of the %,d images to validate and test are duplicates, with the same pixels as an",
                  duplicates,
                  judged)
              + " image of an earlier part: results look better than they are"
              + (data.poolSize() == data.images().size()
                  ? " (split 'method: hash' keeps equal images together)"
                  : ""));
    }
    Normalization normalization = Normalization.of(data.images(), split.train());
    return new JobData(name, data, settings.preprocessing(), split, normalization, remarks);
  }

  private static void requireSeveralClasses(String name, List<String> classes) {
    if (classes.size() < 2) {
      throw new InputException(
          "%s has one class, '%s'; expected two or more to tell apart. Where classes are folders, path is the folder above them"
              .formatted(name.isEmpty() ? "data" : "dataSets." + name, classes.get(0)));
    }
  }

  int classes() {
    return data.images().classes().size();
  }

  /** The part to judge by. */
  DataPart test() {
    return new DataPart(data.images(), split.test(), remarks);
  }

  /** SHA-256 of the images and labels. */
  String fingerprint() {
    return data.fingerprint();
  }

  /** SHA-256 of who is in which part. */
  String splitFingerprint() {
    return Hashes.hex(split.toJson());
  }

  /** Bytes of the heap that the images take. */
  long heapBytes() {
    return data.images().heapBytes();
  }

  /** Lines for people: what the data are, and the remarks. */
  List<String> describe() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s images %s of %s classes: %s to train, %s to validate%s, %s to test%s"
            .formatted(
                data.images().size(),
                data.images().shape(),
                classes(),
                split.train().length,
                split.validation().length,
                data.officialValidation() > 0 ? " as given" : "",
                split.test().length,
                data.officialTest() > 0 ? " as given" : ""));
    lines.addAll(remarks);
    return lines;
  }
}
