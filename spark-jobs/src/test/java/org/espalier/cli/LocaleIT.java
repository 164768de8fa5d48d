package org.espalier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.espalier.cli.Program.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The library in a process whose locale has digits or capitals of its own; the program's {@code
 * main}, which sets a plain one, is not in the way.
 */
class LocaleIT {
  private static final String TINY =
      """
      seed: 1
      data: {format: digits}
      network: {type: readyMade, family: plain, widths: [4, 4, 4, 4, 4, 4]}
      training: {epochs: 1, batchSize: 128, optimiser: {type: sgd, learningRate: 0.05}}
      """;

  @TempDir Path folder;

  @Test
  void aTrainingSaysAndWritesTheSameInEveryLocale() throws IOException {
    Map<String, String> plain = training("und");

    for (String locale : new String[] {"ar-EG", "tr-TR"}) {
      assertThat(training(locale)).as(locale).isEqualTo(plain);
    }
    assertThat(plain).containsKeys("said", "model/network.json", "result.json", "report.html");
  }

  /** What the program said, and its files without the times that are in them. */
  private Map<String, String> training(String locale) throws IOException {
    Path config = Files.writeString(folder.resolve("tiny.yaml"), TINY);
    Path run = folder.resolve("run-" + locale);
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag(locale));
    Answer answer;
    try {
      answer = Program.run("train", "--config", config.toString(), "--output", run.toString());
    } finally {
      Locale.setDefault(before);
    }
    assertThat(answer.code()).as(answer.text()).isZero();
    Map<String, String> written = new TreeMap<>();
    String progress = "(?m)^ *[0-9]+ % .*\\R";
    written.put("said", answer.text().replace(run.toString(), "RUN").replaceAll(progress, ""));
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        written.put(run.relativize(file).toString(), "");
      }
    }
    written.put("model/network.json", Files.readString(run.resolve("model/network.json")));
    written.put("result.json", Program.fingerprint(Files.readString(run.resolve("result.json"))));
    return written;
  }
}
