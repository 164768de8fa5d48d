package org.espalier.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.espalier.config.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The lines are compared with texts beside this class, which a person has looked at. */
class SparkSubmitLineTest {
  private static final Installation INSTALLATION =
      Installation.of(
          "/home/ann/espalier",
          "/m2/spark-jobs-0.1.0.jar:/m2/dl4j-models-0.1.0.jar:/m2/nd4j-api-1.0.0-M2.1.jar"
              + ":/m2/slf4j-api-2.0.17.jar:/m2/commons-io-2.22.0.jar:/m2/jackson-core-2.21.2.jar"
              + ":/m2/jackson-1.0.0-M2.1.jar",
          "/home/ann/logs");
  private static final ConfigSource CONFIG = new ConfigSource("conf/width.yaml", "seed: 1\n");
  private static final String IMAGE = SparkSubmitLine.IMAGE + "=ours/espalier:1";
  private static final String QUEUE = "spark.yarn.queue=night";

  /** Where the examples run. */
  enum Example {
    STANDALONE_CLIENT("spark://head:7077", DeployMode.CLIENT, false, ""),
    STANDALONE_CLUSTER("spark://head:7077", DeployMode.CLUSTER, false, ""),
    STANDALONE_GPU("spark://head:7077", DeployMode.CLIENT, true, ""),
    LOCAL("local[2]", DeployMode.CLIENT, true, ""),
    YARN_CLIENT("yarn", DeployMode.CLIENT, false, QUEUE),
    YARN_CLUSTER("yarn", DeployMode.CLUSTER, false, QUEUE),
    YARN_GPU("yarn", DeployMode.CLUSTER, true, ""),
    KUBERNETES_CLIENT("k8s://https://head:6443", DeployMode.CLIENT, false, IMAGE),
    KUBERNETES_CLUSTER("k8s://https://head:6443", DeployMode.CLUSTER, false, IMAGE),
    KUBERNETES_GPU("k8s://https://head:6443", DeployMode.CLUSTER, true, IMAGE);

    private final String master;
    private final DeployMode mode;
    private final boolean gpu;
    private final String conf;

    Example(String master, DeployMode mode, boolean gpu, String conf) {
      this.master = master;
      this.mode = mode;
      this.gpu = gpu;
      this.conf = conf;
    }

    private Submission submission() {
      return submission(Optional.empty());
    }

    private Submission submission(Optional<String> id) {
      return new Submission(
          master,
          mode,
          DriverMemory.ofHeap(1L << 30),
          gpu,
          conf.isEmpty() ? Map.of() : Map.of(conf.split("=", -1)[0], conf.split("=", -1)[1]),
          Optional.of(CONFIG),
          "hdfs://nn/runs/widths",
          id,
          List.of(
              "search",
              "--config",
              CONFIG.name(),
              "--output=hdfs://nn/runs/widths",
              "--deploy-mode",
              mode.name().toLowerCase(java.util.Locale.ROOT),
              "--conf=spark.yarn.queue=night",
              "--master",
              master,
              "--seed",
              "7",
              "--print-command"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void linesAreAsStored(Example example) {
    String line = SparkSubmitLine.of(example.submission(), INSTALLATION).forShell("spark-submit");

    assertThat(line + "\n").isEqualTo(stored(example));
  }

  @Test
  void aDriverThatSomebodyWaitsForIsToldWhereToSayHowItEnded() {
    Submission submission = Example.YARN_CLUSTER.submission(Optional.of("1f0e"));

    assertThat(SparkSubmitLine.of(submission, INSTALLATION).arguments())
        .contains(
            "spark.espalier.exit.folder=hdfs://nn/runs/widths", "spark.espalier.submission=1f0e");
  }

  @ParameterizedTest
  @EnumSource
  void aShellReadsWhatAProcessWouldGet(Example example, @TempDir Path folder) throws Exception {
    SparkSubmitLine line = SparkSubmitLine.of(example.submission(), INSTALLATION);
    Path program = folder.resolve("say words");
    Files.writeString(program, "#!/bin/sh\nfor word; do printf '%s\\n' \"$word\"; done\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();

    Process shell = new ProcessBuilder("sh", "-c", line.forShell(program.toString())).start();
    String words = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(shell.waitFor()).isZero();
    assertThat(words.lines()).containsExactlyElementsOf(line.arguments());
  }

  @Test
  void theConfigurationOnTheLineIsTheOneThatWasGiven() {
    ConfigSource source = new ConfigSource("a b;c.yaml", "seed: 1 # ä\n");

    assertThat(ConfigSource.at(source.toDataUri())).isEqualTo(source);
  }

  @Test
  void foldersWithBlanksStayWhole() {
    Installation blanks = new Installation("/my clone", INSTALLATION.jars(), "/my logs");

    assertThat(SparkSubmitLine.of(Example.LOCAL.submission(), blanks).arguments())
        .contains(
            "-Dorg.bytedeco.javacpp.maxphysicalbytes=2764m"
                + " \"-Dlog4j2.configurationFile=/my clone/submit/log4j2.properties\""
                + " \"-Despalier.log=/my logs\"");
  }

  @Test
  void whatSparkHasItselfIsNotShipped() {
    assertThat(INSTALLATION.jars())
        .containsExactly(
            "/m2/spark-jobs-0.1.0.jar",
            "/m2/dl4j-models-0.1.0.jar",
            "/m2/nd4j-api-1.0.0-M2.1.jar",
            "/m2/jackson-1.0.0-M2.1.jar");
  }

  @Test
  void whatCannotBeIsRefused() {
    Submission good = Example.LOCAL.submission();

    assertThatThrownBy(() -> with(good, "local[2]", DeployMode.CLUSTER))
        .hasMessageContaining("--deploy-mode cluster needs a cluster", "local[2]");
    assertThatThrownBy(() -> with(good, "k8s://https://head:6443", DeployMode.CLIENT))
        .hasMessageContaining("--conf spark.kubernetes.container.image=NAME");
    assertThatThrownBy(() -> SparkSubmitLine.of(good, new Installation(".", List.of(), "logs")))
        .hasMessageContaining("start by submit/espalier");
  }

  private static Submission with(Submission good, String master, DeployMode mode) {
    return new Submission(
        master,
        mode,
        good.memory(),
        good.gpu(),
        good.conf(),
        good.config(),
        good.output(),
        good.id(),
        good.arguments());
  }

  private static String stored(Example example) {
    String name = example.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + ".txt";
    try (InputStream in = SparkSubmitLineTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
