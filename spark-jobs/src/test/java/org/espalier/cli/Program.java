package org.espalier.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program as tests run it: in this process, or in one of its own that can be killed. */
public final class Program {
  private static final String RANDOM_WIDTHS =
      """
      checkpointSeconds: 0
      data:
        format: digits
      randomWidths:
        family: plain
        budget: {macs: 150000}
        candidates: 4
        candidatesPerRound: 2
        itemWork: 400000000
        split: {validationShare: 0.15, testShare: 0.25}
        trial:
          epochs: 1
          batchSize: 32
          optimiser: {type: sgd, learningRate: 0.05}
        retrain:
          epochs: 3
          batchSize: 32
          optimiser: {type: sgd, learningRate: 0.05}
      """;

  /** Hands over after two rounds; each item is long enough to be killed in. */
  private static final String AFFINE_SHARING =
      """
      checkpointSeconds: 0
      data:
        format: digits
      affineSharing:
        family: resnet8
        budget: {macs: 150000}
        choices: {shares: [0.25, 0.5], multiple: 2}
        policy: {type: lstm, hidden: 8}
        supernet:
          rounds: 4
          warmUp: 0.5
          itemsPerRound: 2
          stepsPerItem: 64
          batchSize: 32
          rewards: 2
          rewardImages: 90
        ranking: {candidates: 4, beam: 2, calibrationImages: 64, winners: 2}
        baselines: [uniform, random]
        split: {validationShare: 0.15, testShare: 0.25}
        trial:
          epochs: 1
          batchSize: 32
        retrain:
          epochs: 1
          batchSize: 32
      """;

  private Program() {}

  /**
   * What a command came to.
   *
   * @param code of its end
   * @param text of both its outputs
   */
  public record Answer(int code, String text) {}

  /** Runs a command in this process. */
  public static Answer run(String... arguments) {
    StringWriter text = new StringWriter();
    PrintWriter writer = new PrintWriter(text, true);
    return new Answer(Main.run(arguments, writer, writer), text.toString());
  }

  /**
   * What a command came to, its outputs apart.
   *
   * @param code of its end
   * @param out what it printed for whoever reads results
   * @param err what it printed beside that
   */
  public record Outputs(int code, String out, String err) {}

  /** Runs a command in this process. */
  public static Outputs apart(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Main.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
    return new Outputs(code, out.toString(), err.toString());
  }

  /** Starts a command in a process of its own, whose outputs go to a file. */
  public static Process start(Path output, String... arguments) {
    return start(System.getProperty("java.class.path"), output, arguments);
  }

  /** The same on a class path of its own. */
  public static Process start(String classPath, Path output, String... arguments) {
    return start(List.of("-cp", classPath), output, arguments);
  }

  /** The same with options of Java, the class path among them. */
  static Process start(List<String> java, Path output, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.addAll(java);
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(output.toFile())
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A random width search of several short rounds. */
  public static Path searchOfManyRounds(Path folder) {
    return written(folder, "many-rounds.yaml", RANDOM_WIDTHS);
  }

  /** A search with affine parameter sharing through all its phases. */
  public static Path affineSharing(Path folder) {
    return written(folder, "affine-sharing.yaml", AFFINE_SHARING);
  }

  private static Path written(Path folder, String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The fingerprint in the text of a {@code result.json}. */
  public static String fingerprint(String result) {
    try {
      return new ObjectMapper().readTree(result).get("fingerprint").asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
