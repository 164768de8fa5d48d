package org.espalier.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.cli.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program in a process that has a Spark context of its own, as Zeppelin's interpreters do. */
class NotebookIT {
  @TempDir Path folder;

  @Test
  void aSearchIsRefusedBeforeAnythingIsWrittenAndTheContextGoesOn() {
    SparkConf own = new SparkConf().setMaster("local[1]").setAppName("notebook");
    own.set("spark.ui.enabled", "false").set("spark.driver.bindAddress", "127.0.0.1");
    StringWriter said = new StringWriter();
    PrintWriter writer = new PrintWriter(said, true);
    String[] search = {
      "search", "--config", "../conf/quickstart-small.yaml", "--output", folder + "/run"
    };

    int code;
    try (JavaSparkContext notebook = new JavaSparkContext(own)) {
      code = Main.run(search, writer, writer);
      assertThat(notebook.parallelize(List.of(1, 2, 3), 2).map(i -> 2 * i).collect())
          .containsExactly(2, 4, 6);
      assertThat(notebook.getConf().get("spark.app.name")).isEqualTo("notebook");
    }

    assertThat(code).as(said.toString()).isEqualTo(2);
    assertThat(said.toString())
        .startsWith("espalier: this Java process has a Spark context already")
        .contains("stop it first (sc.stop()), or start submit/espalier")
        .hasLineCount(1);
    assertThat(folder).isEmptyDirectory();
  }
}
