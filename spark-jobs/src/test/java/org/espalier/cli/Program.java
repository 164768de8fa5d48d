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
  private static final String SEARCH = "../conf/quickstart-small.yaml";

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

  /** Starts a command in a process of its own, whose outputs go to a file. */
  public static Process start(Path output, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
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
    try {
      String small = Files.readString(Path.of(SEARCH));
      String rounds = "candidates: 4\n  candidatesPerRound: 2\n  itemWork: 400000000";
      return Files.writeString(
          folder.resolve("many-rounds.yaml"), small.replace("candidates: 4", rounds));
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
