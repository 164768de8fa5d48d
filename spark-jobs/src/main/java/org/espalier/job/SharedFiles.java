package org.espalier.job;

import org.espalier.spark.SparkCluster;
import org.espalier.storage.Location;
import org.espalier.text.InputException;

/** Refuses files of one machine where many machines have to read them. */
public final class SharedFiles {
  private SharedFiles() {}

  /**
   * Looks where data and run are.
   *
   * @param output folder of the run
   * @throws InputException if executors on other machines could not read them
   */
  public static void check(SparkCluster cluster, ClusterSettings settings, String output) {
    if (!cluster.remote() || settings.sharedFileSystem()) {
      return;
    }
    refuse(cluster, "--output", output);
    settings
        .namedData()
        .forEach(
            (name, data) -> {
              if (!data.path().isEmpty()) {
                refuse(cluster, settings.keyOf(name) + ".path", data.path());
              }
            });
  }

  private static void refuse(SparkCluster cluster, String key, String place) {
    if (!Location.isUri(place) || place.startsWith("file:")) {
      throw new InputException(
          ("%s '%s' is a folder of this machine, which executors of %s on other machines do not"
                  + " see; give a URI such as hdfs://... or s3a://..., or say sharedFileSystem: true"
                  + " in the configuration if every machine has it under the same path")
              .formatted(key, place, cluster.master()));
    }
  }
}
