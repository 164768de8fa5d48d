package org.espalier.spark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;

/**
 * The folders in which Spark keeps blocks. Where it can use none of them it ends the whole process
 * with a code of its own and without a word, so they are tried before.
 */
final class LocalFolders {
  private static final String SETTING = "spark.local.dir";

  private LocalFolders() {}

  /**
   * Tries the folders of this process.
   *
   * @param environment its variables, of which some come before the setting
   * @throws NoExecutorsException if none can be written
   */
  static void check(SparkConf configuration, Map<String, String> environment) {
    String temporary = System.getProperty("java.io.tmpdir");
    String source = SETTING;
    String folders = configuration.get(SETTING, temporary);
    String separator = ",";
    if (environment.containsKey("SPARK_EXECUTOR_DIRS")) {
      source = "SPARK_EXECUTOR_DIRS";
      folders = environment.get(source);
      separator = File.pathSeparator;
    } else if (environment.containsKey("SPARK_LOCAL_DIRS")) {
      source = "SPARK_LOCAL_DIRS";
      folders = environment.get(source);
    }
    List<String> faults = new ArrayList<>();
    for (String folder : folders.split(Pattern.quote(separator), -1)) {
      try {
        Path place = Files.createDirectories(Path.of(folder.strip()));
        Files.delete(Files.createTempDirectory(place, "espalier-"));
        return;
      } catch (IOException | InvalidPathException e) {
        faults.add("'%s' (%s)".formatted(folder, e));
      }
    }
    throw new NoExecutorsException(
        "Spark can write none of the folders that %s names for its blocks: %s; name one that can be written, or unset it"
            .formatted(source, String.join(", ", faults)));
  }
}
