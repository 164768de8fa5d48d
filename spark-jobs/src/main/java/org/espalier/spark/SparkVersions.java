package org.espalier.spark;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which versions of Spark a driver and its cluster may have. Others meet methods that are not there
 * or classes of another form, and end in ways that say little.
 */
public final class SparkVersions {
  /** Drivers with which searches were run, in local mode at least. */
  static final List<String> TRIED = List.of("4.1.4", "4.2.0", "4.2.1", "4.3.0");

  /** Pairs of a driver and a cluster with which searches were run. */
  static final List<Pair> TRIED_TOGETHER =
      List.of(
          new Pair("4.1.4", "4.1.4"),
          new Pair("4.2.0", "4.2.0"),
          new Pair("4.2.1", "4.2.0"),
          new Pair("4.3.0", "4.3.0"));

  private static final Pattern VERSION = Pattern.compile("([0-9]+)\\.([0-9]+)(?:\\.([0-9]+))?.*");
  private static final Pattern RELEASE = Pattern.compile("Spark ([0-9]+\\.[0-9]+\\S*).*");
  private static final Pattern CORE = Pattern.compile("spark-core_[0-9.]+-([0-9].*)\\.jar");

  private SparkVersions() {}

  /** A driver's version and that of a cluster. */
  record Pair(String driver, String cluster) {}

  /** The version of the Spark in this process. */
  public static String own() {
    return org.apache.spark.package$.MODULE$.SPARK_VERSION();
  }

  /**
   * The version of an installation, as its files say.
   *
   * @param home the folder that {@code SPARK_HOME} names
   * @return empty if it cannot be told
   */
  public static Optional<String> of(Path home) {
    try {
      Path release = home.resolve("RELEASE");
      if (Files.isRegularFile(release)) {
        Matcher matcher = RELEASE.matcher(Files.readString(release).lines().findFirst().orElse(""));
        if (matcher.matches()) {
          return Optional.of(matcher.group(1));
        }
      }
      try (DirectoryStream<Path> jars = Files.newDirectoryStream(home.resolve("jars"))) {
        for (Path jar : jars) {
          Matcher matcher = CORE.matcher(jar.getFileName().toString());
          if (matcher.matches()) {
            return Optional.of(matcher.group(1));
          }
        }
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  /**
   * Why a driver of this version cannot work, in a sentence; empty if it can, or that is not known.
   */
  public static Optional<String> refusal(String driver) {
    int[] numbers = numbers(driver);
    boolean old = numbers[0] < 4 || (numbers[0] == 4 && older(numbers, numbers(TRIED.get(0))));
    return old
        ? Optional.of(
            "Spark %s is another version than this program can work with: it needs Spark %s or newer"
                .formatted(driver, TRIED.get(0)))
        : Optional.empty();
  }

  /** Whether searches were run with a driver of this version. */
  public static boolean tried(String driver) {
    return TRIED.contains(driver);
  }

  /** All versions that were tried, for people. */
  public static String allTried() {
    return String.join(", ", TRIED);
  }

  /**
   * Why a driver and a cluster cannot work together, in a sentence; empty if they can. Releases of
   * one minor version do; of two of them, none did that was tried.
   */
  static Optional<String> refusal(String driver, String cluster) {
    int[] mine = numbers(driver);
    int[] theirs = numbers(cluster);
    return mine[0] == theirs[0] && mine[1] == theirs[1]
        ? Optional.empty()
        : Optional.of(
            ("the cluster runs another version of Spark than the driver: %s there, %s here, and they"
                    + " must be the same; set SPARK_HOME to Spark %s, or build with"
                    + " ESPALIER_BUILD=-Dspark.version=%s")
                .formatted(cluster, driver, cluster, cluster));
  }

  private static boolean older(int[] version, int[] than) {
    return version[1] < than[1] || (version[1] == than[1] && version[2] < than[2]);
  }

  /** Of a version that is none, numbers that no version has. */
  private static int[] numbers(String version) {
    Matcher matcher = VERSION.matcher(version);
    if (!matcher.matches()) {
      return new int[] {Integer.MAX_VALUE, 0, 0};
    }
    String patch = matcher.group(3);
    return new int[] {
      Integer.parseInt(matcher.group(1)),
      Integer.parseInt(matcher.group(2)),
      patch == null ? 0 : Integer.parseInt(patch)
    };
  }
}
