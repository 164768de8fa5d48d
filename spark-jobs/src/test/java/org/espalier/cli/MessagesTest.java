package org.espalier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.espalier.bench.Workload;
import org.espalier.cli.Program.Answer;
import org.junit.jupiter.api.Test;

class MessagesTest {
  @Test
  void helpNamesEveryNetworkThatCanBeMeasured() {
    Answer help = Program.run("bench", "steps", "--help");

    assertThat(help.text())
        .contains(Arrays.stream(Workload.values()).map(Workload::label).toList());
    assertThat(help.text().replaceAll("\\s+", " "))
        .contains("one training step of each network on one thread");
  }

  @Test
  void noWordIsSaidTwice() {
    Answer conf = Program.run("search", "--conf", "spark.ui.enabled");
    Answer cost = Program.run("cost");

    assertThat(conf.text()).startsWith("espalier: Value for option '--conf' (KEY=VALUE)");
    assertThat(cost.text()).startsWith("espalier: Missing required argument");
  }

  @Test
  void aPrintedLineCanBeStartedFromAnyFolder() {
    String here = Path.of("..").toAbsolutePath().normalize().toString();
    String jars = System.getProperty("espalier.jars");
    System.setProperty("espalier.jars", "/lib/spark-jobs.jar:/lib/dl4j-models.jar");
    Answer printed;
    Answer onYarn;
    try {
      String config = "../conf/quickstart-small.yaml";
      printed =
          Program.run("search", "--config", config, "--master", "local[2]", "--print-command");
      onYarn =
          Program.run(
              "search",
              "--config=" + config,
              "--output=hdfs://nn/run",
              "--master=yarn",
              "--deploy-mode=cluster",
              "--print-command");
    } finally {
      if (jars == null) {
        System.clearProperty("espalier.jars");
      } else {
        System.setProperty("espalier.jars", jars);
      }
    }

    assertThat(printed.text())
        .contains("--config " + here + "/conf/quickstart-small.yaml")
        .contains("--output " + here + "/spark-jobs/runs/quickstart-small")
        .doesNotContain("../");
    assertThat(onYarn.text())
        .contains("--files " + here + "/conf/quickstart-small.yaml")
        .contains("--output hdfs://nn/run")
        .doesNotContain("../");
  }
}
