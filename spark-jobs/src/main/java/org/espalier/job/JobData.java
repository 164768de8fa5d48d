package org.espalier.job;

import org.apache.hadoop.conf.Configuration;
import org.espalier.data.LabelledData;
import org.espalier.data.Normalization;
import org.espalier.data.Split;
import org.espalier.data.SplitSettings;
import org.espalier.data.Splits;
import org.espalier.data.format.DatasetSettings;
import org.espalier.data.format.Datasets;
import org.espalier.settings.SettingException;
import org.espalier.storage.Hashes;

/**
 * A data set of a job.
 *
 * @param name in the configuration
 * @param data all examples
 * @param split into disjoint parts
 * @param normalization from the training part
 */
record JobData(String name, LabelledData data, Split split, Normalization normalization) {

  /**
   * Reads and splits.
   *
   * @throws org.espalier.text.InputException if the data cannot be used, or leave no test part
   */
  static JobData open(String name, DatasetSettings settings, SplitSettings splitting) {
    LabelledData data = Datasets.open(settings, new Configuration());
    Split split = Splits.split(data, splitting);
    if (split.test().length == 0) {
      throw new SettingException(
          "split.testShare", "must be above 0: the split leaves no test part to judge by");
    }
    return new JobData(name, data, split, Normalization.of(data.images(), split.train()));
  }

  int classes() {
    return data.images().classes().size();
  }

  /** SHA-256 of the images and labels. */
  String fingerprint() {
    return data.fingerprint();
  }

  /** SHA-256 of who is in which part. */
  String splitFingerprint() {
    return Hashes.hex(split.toJson());
  }

  /** Bytes of the images in memory. */
  long pixels() {
    return (long) data.images().size() * data.images().shape().size();
  }

  String describe() {
    return "%d images %s of %d classes: %d to train, %d to validate, %d to test"
        .formatted(
            data.images().size(),
            data.images().shape(),
            classes(),
            split.train().length,
            split.validation().length,
            split.test().length);
  }
}
