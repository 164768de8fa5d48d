package org.espalier.frame;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.espalier.search.rounds.Rounds;
import org.espalier.tensor.NativeRuntime;

/** A process of its own that performs items without Spark, as often as it is asked to. */
final class ItemProcess implements AutoCloseable {
  private static final List<String> PASSED_ON =
      List.of(
          "org.bytedeco.javacpp.maxphysicalbytes",
          "org.bytedeco.javacpp.cachedir",
          "log4j2.configurationFile");

  private final Process process;
  private final PrintWriter asking;
  private final BufferedReader answers;

  private ItemProcess(Process process) {
    this.process = process;
    this.asking = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts one whose items are so many steps long. */
  static ItemProcess start(int steps) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    for (String name : PASSED_ON) {
      String value = System.getProperty(name);
      if (value != null) {
        command.add("-D" + name + "=" + value);
      }
    }
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            ItemProcess.class.getName(),
            Integer.toString(steps)));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    Map<String, String> environment = builder.environment();
    for (String variable : new String[] {"OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"}) {
      environment.put(variable, "1");
    }
    return new ItemProcess(builder.start());
  }

  /** Wall seconds until each process has performed so many items. */
  static double seconds(int items, ItemProcess... processes) throws IOException {
    long start = System.nanoTime();
    for (ItemProcess each : processes) {
      each.asking.println(items);
    }
    for (ItemProcess each : processes) {
      if (each.answers.readLine() == null) {
        throw new IOException(
            "a process ended with code %s instead of performing items"
                .formatted(each.process.onExit().join().exitValue()));
      }
    }
    return (System.nanoTime() - start) / 1e9;
  }

  @Override
  public void close() {
    process.destroy();
  }

  /** Performs as many items as each line asks for, until there are no more lines. */
  public static void main(String[] arguments) throws IOException {
    NativeRuntime.start(1);
    int steps = Integer.parseInt(arguments[0]);
    try (BufferedReader asked =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Rounds rounds = RoundTimer.local(new TrainingSearch(1, 1, steps))) {
      for (String line = asked.readLine(); line != null; line = asked.readLine()) {
        TrainingSearch search = new TrainingSearch(1, Integer.parseInt(line), steps);
        System.out.println(RoundTimer.seconds(search, rounds, 1).get(0).wall());
      }
    }
  }
}
