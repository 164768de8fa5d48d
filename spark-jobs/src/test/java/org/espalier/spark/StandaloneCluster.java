package org.espalier.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A real standalone cluster of Spark on the loopback interface: a master and workers of one core
 * each, as processes from the test's class path, on ports that the system chose. Executors have the
 * test's class path too, unless the cluster is to have Spark's own jars alone.
 */
public final class StandaloneCluster implements AutoCloseable {
  private static final int WAIT_SECONDS = 60;
  private static final int END_SECONDS = 10;
  private static final String EXECUTOR = "org.apache.spark.executor.CoarseGrainedExecutorBackend";
  private static final String DRIVER = "org.apache.spark.deploy.worker.DriverWrapper";

  private final Path folder;
  private final List<Process> processes = new ArrayList<>();
  private final String executorClassPath;
  private int port;
  private int webPort;

  private StandaloneCluster(String executorClassPath) throws IOException {
    this.executorClassPath = executorClassPath;
    folder = Files.createTempDirectory("espalier-cluster");
  }

  /** Starts a master and workers, and waits until it knows them. */
  public static StandaloneCluster start(int workers) {
    return start(workers, System.getProperty("java.class.path"), List.of());
  }

  /** The same with executors that know nothing but Spark: an application brings its own jars. */
  public static StandaloneCluster startBare(int workers, List<String> workerOptions) {
    return start(workers, sparkOnly(), workerOptions);
  }

  /**
   * The same.
   *
   * @param executorClassPath what executors have before the application's jars
   * @param workerOptions of the workers' Java, such as {@code -Dspark.worker.resource...}
   */
  public static StandaloneCluster start(
      int workers, String executorClassPath, List<String> workerOptions) {
    try {
      StandaloneCluster cluster = new StandaloneCluster(executorClassPath);
      try {
        cluster.startAll(workers, workerOptions);
        return cluster;
      } catch (IOException | RuntimeException | Error e) {
        String said = cluster.log();
        cluster.close();
        throw new IllegalStateException("the cluster did not start:\n" + said, e);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The master, {@code spark://127.0.0.1:PORT}. */
  public String url() {
    return "spark://127.0.0.1:" + port;
  }

  /** Port of the master's page. */
  public int webPort() {
    return webPort;
  }

  /** Living executors. */
  public List<ProcessHandle> executors() {
    return children(EXECUTOR);
  }

  /** Living drivers of applications in cluster mode. */
  public List<ProcessHandle> drivers() {
    return children(DRIVER);
  }

  /** What the master says of itself. */
  public JsonNode state() {
    URI page = URI.create("http://127.0.0.1:%s/json/".formatted(webPort));
    try (InputStream in = page.toURL().openStream()) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until something is so, for a minute at most. */
  public static void await(String what, BooleanSupplier so) {
    for (int i = 0; i < WAIT_SECONDS * 20; i++) {
      if (so.getAsBoolean()) {
        return;
      }
      pause();
    }
    throw new AssertionError("waited in vain until " + what);
  }

  /** What master, workers and executors wrote. */
  public String log() {
    try (Stream<Path> files = Files.walk(folder)) {
      StringBuilder text = new StringBuilder();
      List<Path> logs =
          files
              .filter(file -> file.toString().endsWith(".log") || file.endsWith("stderr"))
              .sorted()
              .toList();
      for (Path log : logs) {
        text.append("== ").append(folder.relativize(log)).append('\n');
        text.append(new String(Files.readAllBytes(log), StandardCharsets.UTF_8));
      }
      return text.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends workers, whose last act is to end their executors, then the master; once. */
  @Override
  public void close() {
    if (processes.isEmpty()) {
      return;
    }
    List<ProcessHandle> all = new ArrayList<>();
    for (Process process : processes) {
      process.toHandle().descendants().forEach(all::add);
      all.add(process.toHandle());
    }
    try {
      for (int i = processes.size() - 1; i >= 0; i--) {
        processes.get(i).destroy();
        if (!processes.get(i).waitFor(END_SECONDS, TimeUnit.SECONDS)) {
          processes.get(i).destroyForcibly().waitFor();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      all.forEach(ProcessHandle::destroyForcibly);
      processes.clear();
    }
    delete();
  }

  private void startAll(int workers, List<String> workerOptions) throws IOException {
    Process master = daemon("master.log", List.of(), "master");
    BufferedReader reader = master.inputReader();
    String line = reader.readLine();
    while (line != null && !line.startsWith(StandaloneDaemon.READY)) {
      line = reader.readLine();
    }
    if (line == null) {
      throw new IOException("the master ended");
    }
    String[] ports = line.substring(StandaloneDaemon.READY.length()).split(" ", -1);
    port = Integer.parseInt(ports[0]);
    webPort = Integer.parseInt(ports[1]);
    for (int worker = 0; worker < workers; worker++) {
      Process unused =
          daemon(
              "worker-%s.log".formatted(worker),
              workerOptions,
              "worker",
              "--host",
              "127.0.0.1",
              "--port",
              "0",
              "--webui-port",
              "0",
              "--cores",
              "1",
              "--memory",
              "4g",
              "--work-dir",
              folder.resolve("work-" + worker).toString(),
              url());
    }
    await("all workers are known", () -> state().path("aliveworkers").asInt() == workers);
  }

  private Process daemon(String log, List<String> options, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx256m");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(options);
    command.add(StandaloneDaemon.class.getName());
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    // Spark looks for its jars there, and finds none; what executors have instead stands below.
    Files.createDirectories(folder.resolve("spark/jars"));
    environment.put("SPARK_HOME", folder.resolve("spark").toString());
    environment.put("SPARK_SCALA_VERSION", "2.13");
    environment.put("SPARK_LOCAL_IP", "127.0.0.1");
    environment.put("SPARK_DIST_CLASSPATH", executorClassPath);
    environment.put("CLASSPATH", System.getProperty("java.class.path"));
    builder.redirectError(folder.resolve(log).toFile());
    if (arguments[0].equals("worker")) {
      builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    }
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  private List<ProcessHandle> children(String main) {
    return processes.stream()
        .flatMap(process -> process.toHandle().children())
        .filter(child -> commandLine(child).contains(main))
        .toList();
  }

  /** From the system itself: Java's own view of a process ends after 4096 characters. */
  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(
          Path.of("/proc/%s/cmdline".formatted(process.pid())), StandardCharsets.ISO_8859_1);
    } catch (IOException ended) {
      return "";
    }
  }

  /** What {@link #startBare} keeps from executors, for an application to ship. */
  public static List<String> applicationJars() {
    return classPath().filter(StandaloneCluster::ofApplication).toList();
  }

  private static String sparkOnly() {
    return String.join(
        File.pathSeparator,
        classPath().filter(entry -> entry.endsWith(".jar") && !ofApplication(entry)).toList());
  }

  /**
   * All or none of what loads native libraries: parts in two class loaders do not find each other.
   */
  private static boolean ofApplication(String entry) {
    return entry.endsWith(".jar")
        && (entry.matches(".*/org/(nd4j|deeplearning4j|bytedeco|yaml)/.*")
            || entry.matches(".*/(com/microsoft|com/google/flatbuffers|info/picocli)/.*")
            || Path.of(entry)
                .getFileName()
                .toString()
                .matches("(spark-jobs|dl4j-models|multitask-meta)(-.*)?[.]jar"));
  }

  private static Stream<String> classPath() {
    return Arrays.stream(
        System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator), -1));
  }

  private void delete() {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException stillWritten) {
      System.err.println("left behind: " + folder + " (" + stillWritten.getMessage() + ")");
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
