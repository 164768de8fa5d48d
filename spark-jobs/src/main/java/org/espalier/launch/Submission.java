package org.espalier.launch;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.espalier.config.ConfigSource;
import org.espalier.text.InputException;

/**
 * A command of Espalier that is to run on a cluster.
 *
 * @param master of Spark
 * @param mode where the driver runs
 * @param memory of the driver
 * @param gpu whether each executor gets a GPU
 * @param conf settings of Spark by key
 * @param config the configuration, or empty for a command's own
 * @param output folder of the run; in cluster mode a URI or a path that every machine has
 * @param id a word that tells this submission from others, for the file in which its driver says
 *     how it ended; empty if nobody waits for it, as for a line that is printed and may be started
 *     twice
 * @param arguments the command line as the person gave it, the command first
 */
public record Submission(
    String master,
    DeployMode mode,
    DriverMemory memory,
    boolean gpu,
    Map<String, String> conf,
    Optional<ConfigSource> config,
    String output,
    Optional<String> id,
    List<String> arguments) {
  public Submission {
    Objects.requireNonNull(master, "master");
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(memory, "memory");
    Objects.requireNonNull(config, "config");
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(id, "id");
    conf = Map.copyOf(conf);
    arguments = List.copyOf(arguments);
    if (mode == DeployMode.CLUSTER && master.startsWith("local")) {
      throw new InputException(
          "--deploy-mode cluster needs a cluster: --master spark://host:port, yarn or k8s://...,"
              + " not "
              + master);
    }
    if (kubernetes(master) && !conf.containsKey(SparkSubmitLine.IMAGE)) {
      throw new InputException(
          ("Kubernetes needs an image with Spark and Espalier: build one with submit/Dockerfile and"
                  + " give --conf %s=NAME")
              .formatted(SparkSubmitLine.IMAGE));
    }
  }

  boolean clusterMode() {
    return mode == DeployMode.CLUSTER;
  }

  boolean yarn() {
    return master.equals("yarn");
  }

  boolean kubernetes() {
    return kubernetes(master);
  }

  boolean standalone() {
    return master.startsWith("spark://");
  }

  private static boolean kubernetes(String master) {
    return master.startsWith("k8s://");
  }
}
