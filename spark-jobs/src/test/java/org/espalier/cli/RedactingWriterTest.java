package org.espalier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedactingWriterTest {
  @TempDir Path folder;

  @Test
  void passwordsInUrisAreHiddenHoweverTheyArePrinted() {
    StringWriter text = new StringWriter();
    PrintWriter printer = new PrintWriter(new RedactingWriter(text), true);

    printer.println("reading http://bob:hunter2@host/x");
    printer.printf("reading %s%n", "ftp://bob:hunter2@host/x");
    printer.print("http://bob:hunter2@host/y".toCharArray());
    printer.flush();

    assertThat(text.toString())
        .doesNotContain("hunter")
        .contains("reading http://bob:(hidden)@host/x", "http://bob:(hidden)@host/y");
  }

  @Test
  void aCommandNeitherSaysNorStoresThePasswordOfItsData() throws Exception {
    Path config = folder.resolve("c.yaml");
    Files.writeString(
        config,
        """
        seed: 1
        data: {format: csv, path: "http://bob:hunter2@127.0.0.1:1/x.csv", height: 2, width: 2}
        network: {type: readyMade, family: plain, widths: [4, 4, 4, 4, 4, 4]}
        training: {epochs: 1, batchSize: 16, optimiser: {type: sgd, learningRate: 0.05}}
        """);

    Program.Answer answer =
        Program.run(
            "train", "--config", config.toString(), "--output", folder.resolve("run").toString());

    assertThat(answer.code()).isNotZero();
    assertThat(answer.text()).contains("http://bob:(hidden)@127.0.0.1:1/x.csv");
    assertThat(answer.text()).doesNotContain("hunter2");
  }

  @Test
  void aPrintedLineHoldsNoSecrets() throws Exception {
    Path config = folder.resolve("c.yaml");
    String quick = Files.readString(Path.of("../conf/quickstart-small.yaml"));
    Files.writeString(config, "# as s3a://bob:hunter2@bucket/x\n" + quick);
    System.setProperty("espalier.jars", "a.jar:b.jar");
    try {
      Program.Answer answer =
          Program.run(
              "search",
              "--config",
              config.toString(),
              "--output",
              "hdfs://bob:hunter3@nn/x",
              "--master",
              "spark://127.0.0.1:7077",
              "--deploy-mode",
              "cluster",
              "--conf",
              "spark.hadoop.fs.s3a.secret.key=hunter4",
              "--print-command");

      assertThat(answer.code()).as(answer.text()).isZero();
      assertThat(answer.text())
          .doesNotContain("hunter")
          .contains("spark.hadoop.fs.s3a.secret.key=(hidden)", "hdfs://bob:(hidden)@nn/x");
      String data =
          answer
              .text()
              .lines()
              .filter(line -> line.contains("base64,"))
              .map(line -> line.replaceFirst(".*base64,([A-Za-z0-9_-]+).*", "$1"))
              .findFirst()
              .orElseThrow();
      assertThat(new String(java.util.Base64.getUrlDecoder().decode(data), StandardCharsets.UTF_8))
          .contains("seed:")
          .doesNotContain("hunter2");
    } finally {
      System.clearProperty("espalier.jars");
    }
  }
}
