package org.espalier.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.spark.LocalNetwork;
import org.espalier.spark.NoExecutorsException;
import org.espalier.spark.SparkCluster;
import org.espalier.spark.SparkVersions;
import org.espalier.spark.StandaloneMaster;

/**
 * What {@code espalier doctor} looks at of Spark: whether its versions go together, and can start.
 */
final class SparkExamination {
  private static final String SUBJECT = "spark";

  private SparkExamination() {}

  /**
   * Looks at the Spark that drivers would have, and at a cluster.
   *
   * @param home what {@code SPARK_HOME} says, or null
   * @param master of a standalone cluster, or null
   */
  static List<Finding> examine(String home, String master) {
    List<Finding> findings = new ArrayList<>();
    boolean installed = home != null && !home.isEmpty();
    findings.add(installed ? installation(Path.of(home)) : version("", SparkVersions.own()));
    LocalNetwork.refusal()
        .ifPresent(refusal -> findings.add(Finding.error("network", refusal, LocalNetwork.ADVICE)));
    if (master != null) {
      Optional<String> driver = installed ? SparkVersions.of(Path.of(home)) : Optional.empty();
      findings.add(cluster(Master.checked(master), driver.orElse(SparkVersions.own())));
    }
    return findings;
  }

  private static Finding installation(Path home) {
    String where = "SPARK_HOME is " + home;
    if (!Files.isExecutable(home.resolve("bin/spark-submit"))) {
      return Finding.error(
          SUBJECT, where + ", which has no bin/spark-submit", "correct SPARK_HOME, or unset it");
    }
    return SparkVersions.of(home)
        .map(version -> version(where + ": ", version))
        .orElseGet(
            () ->
                Finding.warning(
                    SUBJECT,
                    where + ", whose version cannot be told",
                    "see that it is one of " + SparkVersions.allTried()));
  }

  private static Finding version(String where, String version) {
    Optional<String> refusal = SparkVersions.refusal(version);
    if (refusal.isPresent()) {
      return Finding.error(
          SUBJECT,
          where + refusal.get(),
          "use Spark %s, or unset SPARK_HOME to use the program's own"
              .formatted(SparkVersions.allTried()));
    }
    return SparkVersions.tried(version)
        ? Finding.ok(SUBJECT, where + "Spark " + version)
        : Finding.warning(
            SUBJECT,
            where + "Spark " + version + ", with which nothing was tried",
            "if something fails, use one of " + SparkVersions.allTried());
  }

  private static Finding cluster(String master, String driver) {
    try {
      SparkCluster cluster = SparkCluster.of(master);
      StandaloneMaster.check(cluster, driver);
      return StandaloneMaster.version(cluster)
          .map(theirs -> Finding.ok("cluster", master + " answers, with Spark " + theirs))
          .orElseGet(
              () ->
                  Finding.warning(
                      "cluster",
                      master
                          + " answers, but with which Spark is not known: its page is not at 8080",
                      "see that it has Spark " + driver));
    } catch (NoExecutorsException e) {
      return Finding.error("cluster", e.getMessage(), "see docs/cluster.md");
    }
  }
}
