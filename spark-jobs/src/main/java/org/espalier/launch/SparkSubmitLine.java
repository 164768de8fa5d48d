package org.espalier.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.espalier.config.ConfigSource;
import org.espalier.config.Redaction;

/**
 * The command line of {@code spark-submit} for a submission.
 *
 * @param parts options with their values, then the program, then its command with all arguments
 */
public record SparkSubmitLine(List<List<String>> parts) {
  /** The folder in which a driver in cluster mode says how it ended. */
  public static final String EXIT_FOLDER = "spark.espalier.exit.folder";

  /** The submission of which it says so, the same if the cluster starts the driver again. */
  public static final String SUBMISSION = "spark.espalier.submission";

  private static final Pattern SETTING = Pattern.compile("(spark\\.[^=\\s]+)=.*");

  static final String IMAGE = "spark.kubernetes.container.image";

  /** Where submit/Dockerfile puts our jars. */
  private static final String IN_IMAGE = "/espalier/";

  private static final List<String> THREADS =
      List.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "SD_MAX_THREADS", "SD_MASTER_THREADS");

  public SparkSubmitLine {
    parts = parts.stream().map(List::copyOf).toList();
  }

  /** The line. */
  public static SparkSubmitLine of(Submission submission, Installation installation) {
    List<List<String>> parts = new ArrayList<>();
    parts.add(List.of("--master", submission.master()));
    parts.add(List.of("--deploy-mode", submission.clusterMode() ? "cluster" : "client"));
    parts.add(List.of("--name", "espalier " + submission.arguments().get(0)));
    parts.add(List.of("--class", "org.espalier.cli.Main"));
    parts.add(List.of("--driver-memory", submission.memory().heapMegabytes() + "m"));
    parts.add(List.of("--driver-java-options", javaOptions(submission, installation)));
    Map<String, String> conf = new TreeMap<>(ofCluster(submission));
    if (submission.gpu() && !submission.master().startsWith("local")) {
      conf.putAll(ofGpu(submission));
    }
    conf.putAll(submission.conf());
    conf.forEach((key, value) -> parts.add(List.of("--conf", key + "=" + value)));
    List<String> files = files(submission, installation);
    if (!files.isEmpty()) {
      parts.add(List.of("--files", String.join(",", files)));
    }
    boolean inImage = submission.kubernetes() && submission.clusterMode();
    if (!inImage) {
      parts.add(List.of("--jars", installation.libraries()));
    }
    parts.add(List.of(inImage ? "local://" + IN_IMAGE + "espalier.jar" : installation.program()));
    parts.add(DriverArguments.of(submission));
    return new SparkSubmitLine(parts);
  }

  /** All parts in one list, to start a process with. */
  public List<String> arguments() {
    return parts.stream().flatMap(List::stream).toList();
  }

  /**
   * The line for a shell, one option a line, for people: secrets in it are hidden, and have to be
   * put in again.
   *
   * @param program usually {@code spark-submit}
   */
  public String forShell(String program) {
    return Shell.quote(program)
        + parts.stream()
            .map(
                part ->
                    part.stream()
                        .map(SparkSubmitLine::shown)
                        .map(Shell::quote)
                        .collect(Collectors.joining(" ")))
            .map(part -> " \\\n  " + part)
            .collect(Collectors.joining());
  }

  private static String shown(String word) {
    Matcher setting = SETTING.matcher(word);
    if (setting.matches() && Redaction.hides(setting.group(1))) {
      return setting.group(1) + "=" + Redaction.HIDDEN;
    }
    return ConfigSource.isDataUri(word)
        ? ConfigSource.at(word).redacted().toDataUri()
        : Redaction.text(word);
  }

  private static String javaOptions(Submission submission, Installation installation) {
    List<String> options = new ArrayList<>();
    options.add("-Dorg.bytedeco.javacpp.maxphysicalbytes=" + submission.memory().limit());
    // On the cluster logs belong to the cluster, which shows them on its pages.
    if (!submission.clusterMode()) {
      options.add(
          "-Dlog4j2.configurationFile=" + installation.home() + "/submit/log4j2.properties");
      options.add("-Despalier.log=" + installation.log());
    }
    // Spark parts this text as a shell would.
    return options.stream()
        .map(option -> option.contains(" ") ? '"' + option + '"' : option)
        .collect(Collectors.joining(" "));
  }

  private static Map<String, String> ofCluster(Submission submission) {
    Map<String, String> conf = new TreeMap<>();
    if (submission.clusterMode()) {
      submission
          .id()
          .ifPresent(
              id -> {
                conf.put(EXIT_FOLDER, submission.output());
                conf.put(SUBMISSION, id);
              });
      if (submission.standalone()) {
        conf.put("spark.standalone.submit.waitAppCompletion", "true");
      } else {
        conf.put("spark.driver.memoryOverhead", submission.memory().nativeMegabytes() + "m");
        String environment =
            submission.yarn() ? "spark.yarn.appMasterEnv." : "spark.kubernetes.driverEnv.";
        THREADS.forEach(variable -> conf.put(environment + variable, "1"));
      }
    }
    if (submission.kubernetes() && submission.clusterMode()) {
      conf.put("spark.driver.extraClassPath", IN_IMAGE + "lib/*");
      conf.put("spark.executor.extraClassPath", IN_IMAGE + "lib/*");
    }
    return conf;
  }

  /** Standalone workers find their GPUs themselves, by a script that their start names. */
  private static Map<String, String> ofGpu(Submission submission) {
    Map<String, String> conf = new TreeMap<>();
    conf.put("spark.executor.resource.gpu.amount", "1");
    conf.put("spark.task.resource.gpu.amount", "1");
    String script = "spark.executor.resource.gpu.discoveryScript";
    if (submission.yarn()) {
      conf.put(script, "./gpu-discovery.sh");
    } else if (submission.kubernetes()) {
      conf.put(script, IN_IMAGE + "gpu-discovery.sh");
      conf.put("spark.executor.resource.gpu.vendor", "nvidia.com");
    }
    return conf;
  }

  private static List<String> files(Submission submission, Installation installation) {
    List<String> files = new ArrayList<>();
    if (submission.yarn() && submission.clusterMode()) {
      submission.config().ifPresent(config -> files.add(config.name()));
    }
    if (submission.yarn() && submission.gpu()) {
      files.add(installation.home() + "/submit/gpu-discovery.sh");
    }
    return files;
  }
}
