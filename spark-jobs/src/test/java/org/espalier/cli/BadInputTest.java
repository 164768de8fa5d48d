package org.espalier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What people get wrong. Each mistake is answered by a message that says what and where, by exit
 * code 2, without a stack trace, and without a trace of a run.
 */
class BadInputTest {
  @TempDir Path folder;

  static Stream<BadInput> commandLines() {
    return BadCommandLines.all();
  }

  static Stream<BadInput> configurations() {
    return BadConfigurations.all();
  }

  static Stream<BadInput> dataFiles() {
    return BadDataFiles.all();
  }

  @BeforeEach
  void writeGoodFiles() throws IOException {
    Files.writeString(folder.resolve("good.yaml"), BadConfigurations.GOOD);
    Files.writeString(folder.resolve("search.yaml"), BadConfigurations.GOOD_SEARCH);
    Files.createDirectories(folder.resolve("thesis"));
    Files.writeString(folder.resolve("thesis/chapter1.txt"), "years of work");
    Files.writeString(folder.resolve("plain.txt"), "not a folder");
  }

  @ParameterizedTest
  @MethodSource("commandLines")
  void aBadCommandLineIsRefused(BadInput input) throws IOException {
    refuses(input);
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void aBadConfigurationIsRefused(BadInput input) throws IOException {
    refuses(input);
  }

  @ParameterizedTest
  @MethodSource("dataFiles")
  void badDataAreRefused(BadInput input) throws IOException {
    refuses(input);
  }

  @Test
  void thereAreAtLeastSixty() {
    long count =
        Stream.of(commandLines(), configurations(), dataFiles()).mapToLong(Stream::count).sum();

    assertThat(count).isGreaterThanOrEqualTo(60);
  }

  /** Without this the table could pass because nothing works. */
  @Test
  void theGoodFilesAreAccepted() {
    for (String[] arguments :
        new String[][] {
          {"train", "--config", "{folder}/good.yaml", "--dry-run", "--output", "{folder}/run"},
          {"search", "--config", "{folder}/search.yaml", "--dry-run", "--output", "{folder}/run"},
          {"cost", "--config", "{folder}/good.yaml"},
        }) {
      Answer answer = run(List.of(arguments));

      assertThat(answer.code()).as(answer.text()).isZero();
    }
    assertThat(folder.resolve("run")).doesNotExist();
  }

  private void refuses(BadInput input) throws IOException {
    input.writeFiles(folder);

    Answer answer = run(input.arguments());

    assertThat(answer.text()).contains(input.expected().stream().map(this::placed).toList());
    assertThat(answer.text()).doesNotContain("\tat ", "Exception", "unexpected");
    assertThat(answer.code()).isEqualTo(input.code());
    assertThat(folder.resolve("run")).doesNotExist();
  }

  private Answer run(List<String> arguments) {
    StringWriter text = new StringWriter();
    PrintWriter writer = new PrintWriter(text, true);
    String[] placed = arguments.stream().map(this::placed).toArray(String[]::new);
    int code = Main.run(placed, writer, writer);
    writer.flush();
    return new Answer(code, Arrays.toString(placed) + "\n" + text);
  }

  private String placed(String text) {
    return text.replace("{folder}", folder.toString());
  }

  private record Answer(int code, String text) {}
}
