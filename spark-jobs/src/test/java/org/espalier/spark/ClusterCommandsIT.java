package org.espalier.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.cli.Main;
import org.espalier.search.RoundBytes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a person meets on a cluster whose executors know nothing but Spark and say that they have a
 * GPU: jars that are shipped, both modes, messages, an end by a signal.
 */
class ClusterCommandsIT {
  private static final Path CONFIG = Path.of("../conf/quickstart-small.yaml");
  private static final RoundBytes SMALL = new RoundBytes(1000, 1000, 0, 1000);

  @TempDir private static Path folder;
  private static StandaloneCluster cluster;

  @BeforeAll
  static void start() throws IOException {
    Path script = folder.resolve("fake-gpus.sh");
    Files.writeString(script, "#!/bin/sh\necho '{\"name\": \"gpu\", \"addresses\": [\"3\"]}'\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    cluster =
        StandaloneCluster.startBare(
            2,
            List.of(
                "-Dspark.worker.resource.gpu.amount=1",
                "-Dspark.worker.resource.gpu.discoveryScript=" + script));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void aSearchThatIsAskedToEndGoesOnAndComesToTheBitsOfLocalMode() throws Exception {
    String[] search = search(CONFIG, "there", cluster.url());

    Answer here = run(search(CONFIG, "here", "local[2]"));
    // A second signal would end it at once.
    AtomicBoolean asked = new AtomicBoolean();
    Answer ended =
        run(
            process ->
                line -> {
                  if (line.matches(" *[1-9][0-9]* %.*") && asked.compareAndSet(false, true)) {
                    boolean unused = process.toHandle().destroy();
                  }
                },
            search);
    StandaloneCluster.await("executors are gone", () -> cluster.executors().isEmpty());
    Answer there = run(search);

    assertThat(here.code()).as(here.text()).isZero();
    assertThat(ended.code()).as(ended.text()).isEqualTo(130);
    assertThat(ended.text()).contains("run the same command again to go on");
    assertThat(there.code()).as(there.text()).isZero();
    assertThat(fingerprint("there")).isEqualTo(fingerprint("here")).hasSize(64);
  }

  @Test
  void aDriverOnTheClusterGetsTheConfigurationAndSaysHowItEnded() throws Exception {
    Path infeasible = folder.resolve("too small.yaml");
    Files.writeString(infeasible, Files.readString(CONFIG).replace("macs: 150000", "macs: 15"));
    Path small = folder.resolve("small.yaml");
    Files.writeString(small, Files.readString(CONFIG).replace("candidates: 4", "candidates: 2"));

    Answer refused = run(search(infeasible, "refused", cluster.url(), "--deploy-mode=cluster"));
    Answer done = run(search(small, "done", cluster.url(), "--deploy-mode", "cluster", "--json"));

    assertThat(refused.code()).as(refused.text()).isEqualTo(3);
    assertThat(refused.text()).contains("raise the budget");
    assertThat(done.code()).as(done.text()).isZero();
    assertThat(done.out().lines()).hasSize(1);
    JsonNode summary = new ObjectMapper().readTree(done.out());
    assertThat(summary.path("fingerprint").asText()).isEqualTo(fingerprint("done"));
    assertThat(summary.at("/files/report").asText()).isEqualTo(at("done/report.html"));
    assertThat(done.text()).containsPattern("(?m)^ *[0-9]+ % ");
    assertThat(folder.resolve("done/_SUCCESS")).exists();
    assertThat(names("done")).noneMatch(name -> name.startsWith("exit"));
  }

  @Test
  void theThreadOfATaskIsBoundToTheGpuThatSparkGaveIt() {
    String jars = String.join(",", StandaloneCluster.applicationJars());
    SparkCluster gpus =
        new SparkCluster(cluster.url(), ExecutorSize.standard(1, true), Map.of("spark.jars", jars));

    try (JavaSparkContext context = Contexts.open(settings(gpus, 60))) {
      List<String> answers =
          context.parallelize(List.of(0, 1, 2, 3), 4).map(new ExecutorProbe()).collect();

      assertThat(answers)
          .hasSize(4)
          .allMatch(answer -> answer.endsWith("GPU 3 not used: this build computes on the CPU"));
    }
  }

  @Test
  void executorsWithoutTheJarsAreRecognised() {
    SparkSettings settings = settings(SparkCluster.of(cluster.url()), 60);

    assertThatThrownBy(() -> Contexts.open(settings))
        .isInstanceOf(NoExecutorsException.class)
        .hasMessageContaining("the executors of " + cluster.url())
        .hasMessageContaining("do not have Espalier's jars: start by submit/espalier");
  }

  @Test
  void whatWasAskedForIsSaidBesideWhatTheClusterHas() {
    SparkCluster greedy =
        new SparkCluster(
            cluster.url(),
            new ExecutorSize(7, 9L << 30, false),
            Map.of("spark.master.ui.port", Integer.toString(cluster.webPort())));

    assertThatThrownBy(() -> Contexts.open(settings(greedy, 2)))
        .isInstanceOf(NoExecutorsException.class)
        .hasMessageContaining("no executor came from " + cluster.url() + " in 2 s")
        .hasMessageContaining("Asked for: 1024m of memory and cores 7 for each executor")
        .hasMessageContaining("2 workers, ")
        .hasMessageContaining("of 2 cores free, at most 4,096 MB free on one of them, ");
  }

  @Test
  void theVersionOfAClusterIsReadOffItsPage() {
    Map<String, String> port = Map.of("spark.master.ui.port", Integer.toString(cluster.webPort()));

    assertThat(StandaloneOffer.version(cluster.url(), port)).contains(SparkVersions.own());
    assertThat(StandaloneOffer.version("spark://127.0.0.1:1", port)).isEmpty();
    SparkCluster where = new SparkCluster(cluster.url(), ExecutorSize.STANDARD, port);
    StandaloneMaster.check(where, SparkVersions.own());
    assertThatThrownBy(() -> StandaloneMaster.check(where, "4.3.0"))
        .isInstanceOf(NoExecutorsException.class)
        .hasMessageContaining("another version of Spark")
        .hasMessageContaining(SparkVersions.own() + " there, 4.3.0 here");
  }

  @Test
  void aMasterThatDoesNotAnswerIsSaidInOneLineInClusterModeToo() throws Exception {
    Answer answer =
        run(search(CONFIG, "nobody", "spark://127.0.0.1:1", "--deploy-mode", "cluster"));

    assertThat(answer.code()).isEqualTo(4);
    assertThat(answer.text())
        .contains("no Spark master answers at spark://127.0.0.1:1")
        .doesNotContain("\tat ");
  }

  private static SparkSettings settings(SparkCluster where, int seconds) {
    MemoryPlan memory = MemoryPlan.of(where, SMALL, 4, 0, Runtime.getRuntime().maxMemory());
    return new SparkSettings("test", memory, seconds, 1 << 20, 1);
  }

  private static Answer run(String... arguments) throws Exception {
    return run(process -> line -> {}, arguments);
  }

  /** The program in a process of its own, started as submit/espalier does. */
  private static Answer run(Function<Process, Consumer<String>> listener, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.add("-Despalier.jars=" + String.join(":", StandaloneCluster.applicationJars()));
    command.add(Main.class.getName());
    command.addAll(Arrays.asList(arguments));
    Path errors = Files.createTempFile(folder, "errors", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().remove("SPARK_HOME");
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process process = builder.start();
    Consumer<String> heard = listener.apply(process);
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      reader
          .lines()
          .forEach(
              line -> {
                lines.add(line);
                heard.accept(line);
              });
    }
    int code = process.waitFor();
    String out = String.join("\n", lines);
    return new Answer(code, out, out + "\n" + Files.readString(errors));
  }

  private static String[] search(Path config, String run, String master, String... more) {
    Stream<String> common =
        Stream.of("search", "--config", config.toString(), "--output", at(run), "--master", master);
    return Stream.concat(common, Arrays.stream(more)).toArray(String[]::new);
  }

  private static String fingerprint(String run) throws IOException {
    return new ObjectMapper()
        .readTree(folder.resolve(run).resolve("result.json").toFile())
        .get("fingerprint")
        .asText();
  }

  private static List<String> names(String run) {
    try (Stream<Path> files = Files.list(folder.resolve(run))) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String at(String name) {
    return folder.resolve(name).toString();
  }

  /**
   * What a command came to.
   *
   * @param out its standard output
   * @param text that and standard error
   */
  private record Answer(int code, String out, String text) {}
}
