package org.espalier.data.format;

import java.io.InputStream;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.espalier.data.DataException;
import org.espalier.data.LabelledData;

/** Opens data sets. */
public final class Datasets {
  private static final String DIGITS = "digits.csv.gz";

  private Datasets() {}

  /**
   * Reads a data set into memory, without a word about it.
   *
   * @param settings which, and how
   * @param configuration of the Hadoop file systems that its path may name
   * @return all images, the parts that come with the data behind those to learn from
   * @throws DataException as below
   */
  public static LabelledData open(DatasetSettings settings, Configuration configuration) {
    return open(settings, configuration, remark -> {});
  }

  /**
   * Reads a data set into memory.
   *
   * @param settings which, and how
   * @param configuration of the Hadoop file systems that its path may name
   * @param remarks takes lines for people, such as what was passed over
   * @return all images, the parts that come with the data behind those to learn from
   * @throws DataException if a file is missing, damaged or not as expected; the message names file,
   *     offset, line or entry, and what was expected
   */
  public static LabelledData open(
      DatasetSettings settings, Configuration configuration, Consumer<String> remarks) {
    if (settings instanceof DatasetSettings.Idx idx) {
      return at(idx.path(), configuration, new IdxReader(idx, remarks)::read);
    } else if (settings instanceof DatasetSettings.Cifar10 cifar) {
      return at(cifar.path(), configuration, CifarReader.ten()::read);
    } else if (settings instanceof DatasetSettings.Cifar100 cifar) {
      return at(cifar.path(), configuration, CifarReader.hundred()::read);
    } else if (settings instanceof DatasetSettings.Folder folder) {
      return at(folder.path(), configuration, new ImageFolderReader(folder, remarks)::read);
    } else if (settings instanceof DatasetSettings.Csv csv) {
      return at(csv.path(), configuration, file -> csv(file, CsvLayout.of(csv), remarks));
    } else if (settings instanceof DatasetSettings.Omniglot omniglot) {
      return at(
          omniglot.path(),
          configuration,
          new OmniglotReader(omniglot, ZipLimits.STANDARD, remarks)::read);
    }
    return digits();
  }

  private static LabelledData at(
      String path, Configuration configuration, Function<DataPath, LabelledData> reader) {
    DataPath place = DataPath.of(path, configuration);
    if (!place.exists()) {
      throw new DataException(place.toString(), "no such file or folder");
    }
    LabelledData data;
    try {
      data = reader.apply(place);
    } catch (DataException known) {
      throw known;
    } catch (IllegalArgumentException unfit) {
      throw new DataException(place.toString(), unfit.getMessage(), unfit);
    }
    requireAllClasses(place.toString(), data);
    return data;
  }

  private static LabelledData csv(DataPath file, CsvLayout layout, Consumer<String> remarks) {
    try (ByteReader reader = ByteReader.open(file)) {
      return new LabelledData(CsvReader.read(reader, layout, remarks), 0);
    }
  }

  /** The UCI digits: a text resource whose last column is the label. */
  private static LabelledData digits() {
    InputStream resource =
        Objects.requireNonNull(
            Datasets.class.getResourceAsStream(DIGITS), "the digits are not on the class path");
    try (ByteReader reader = ByteReader.open(DIGITS, resource)) {
      return new LabelledData(CsvReader.read(reader, CsvLayout.digits(), remark -> {}), 0);
    }
  }

  private static void requireAllClasses(String where, LabelledData data) {
    int[] counts = data.images().classCounts(data.pool());
    for (int label = 0; label < counts.length; label++) {
      if (counts[label] == 0) {
        throw new DataException(
            where,
            "class '%s' is empty; expected at least one training example of each of the %s classes"
                .formatted(data.images().classes().get(label), counts.length));
      }
    }
  }
}
