package org.espalier.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.espalier.cli.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches on a real cluster: processes of their own, jobs through sockets. */
class StandaloneClusterIT {
  private static final String CONFIG = "../conf/quickstart-small.yaml";

  @TempDir Path folder;

  @Test
  void aSearchComesToTheSameBitsOnTwoExecutorsAndHere() throws IOException {
    String here = search("here", "local[2]");
    String there;
    JsonNode done;
    try (StandaloneCluster cluster = StandaloneCluster.start(2)) {
      there = search("there", cluster.url());
      done = cluster.state().path("completedapps");
    }

    assertThat(there).isEqualTo(here).hasSize(64);
    assertThat(done).hasSize(1);
  }

  private String search(String name, String master) throws IOException {
    Path run = folder.resolve(name);
    StringWriter text = new StringWriter();
    PrintWriter writer = new PrintWriter(text, true);
    String[] arguments = {
      "quickstart", "--config", CONFIG, "--output", run.toString(), "--master", master
    };
    assertThat(Main.run(arguments, writer, writer)).as(text.toString()).isZero();
    return new ObjectMapper()
        .readTree(run.resolve("result.json").toFile())
        .get("fingerprint")
        .asText();
  }
}
