package org.espalier.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.espalier.run.RewrittenPage;
import org.espalier.run.RunDirectory;
import org.espalier.run.RunIdentity;
import org.espalier.run.RunRefusedException;
import org.espalier.spark.StandaloneCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs in a folder of Hadoop's distributed file system. */
class HdfsIT {
  private static final RunIdentity IDENTITY = new RunIdentity("search", "seed: 1\n");

  @TempDir static java.nio.file.Path folder;
  private static MiniDFSCluster cluster;
  private static FileSystem hdfs;

  @BeforeAll
  static void startHdfs() throws IOException {
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
    cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
    hdfs = cluster.getFileSystem();
  }

  @AfterAll
  static void stopHdfs() {
    cluster.shutdown(true);
  }

  @Test
  void aSearchThatWasKilledGoesOnFromTheCheckpointBeforeADamagedOneToTheSameBits()
      throws Exception {
    String config = Program.searchOfManyRounds(folder).toString();
    java.nio.file.Path here = folder.resolve("here");
    Program.Answer local = Program.run("search", "--config", config, "--output", here.toString());
    assertThat(local.code()).as(local.text()).isZero();
    Path run = new Path(hdfs.getUri() + "/runs/one");
    String[] command = {
      "search", "--config", config, "--output", run.toString(), "--master", "local[2]"
    };

    Process killed = Program.start(folder.resolve("killed.log"), command);
    try {
      StandaloneCluster.await(
          "the search on hdfs has written three checkpoints",
          () -> isWritten(new Path(run, "checkpoints/000003/MANIFEST")));
    } finally {
      killed.destroyForcibly().waitFor();
    }
    List<String> checkpoints = names(new Path(run, "checkpoints"));
    String newest = newestWhole(run, checkpoints);
    damage(new Path(run, "checkpoints/" + newest + "/search.espalier"));
    Program.Answer resumed = Program.run(command);
    Program.Answer again = Program.run(command);

    assertThat(resumed.code()).as(resumed.text()).isZero();
    assertThat(resumed.text())
        .contains("left out checkpoint " + newest, "is damaged", "going on from checkpoint")
        .doesNotContain("whether that still lives");
    assertThat(Program.fingerprint(read(new Path(run, "result.json"))))
        .isEqualTo(Program.fingerprint(Files.readString(here.resolve("result.json"))));
    assertThat(names(run))
        .containsExactly(
            "_SUCCESS",
            "candidates.jsonl",
            "checkpoints",
            "config.yaml",
            "events",
            "lease",
            "model",
            "report.html",
            "result.json",
            "written");
    assertThat(read(new Path(run, "report.html"))).contains("<html").endsWith("</html>\n");
    assertThat(again.text()).startsWith("done: hdfs://");
  }

  @Test
  void aSecondDriverIsRefusedWhileTheFirstLives() {
    String run = hdfs.getUri() + "/runs/two";
    List<String> waits = new ArrayList<>();
    try (RunDirectory first = RunDirectory.open(run, IDENTITY, false, waits::add)) {
      first.checkpoint(Map.of("state", new byte[] {1}));

      assertThatThrownBy(() -> RunDirectory.open(run, IDENTITY, false, waits::add))
          .isInstanceOf(RunRefusedException.class)
          .hasMessageContaining("is being written by " + System.getProperty("user.name"));
      assertThat(waits).singleElement().asString().contains("whether that still lives");
    }

    try (RunDirectory second = RunDirectory.open(run, IDENTITY, false, waits::add)) {
      assertThat(second.resumed().orElseThrow().number()).isEqualTo(1);
    }
    assertThat(waits).hasSize(1);
  }

  @Test
  void aReaderOfThePageSeesAWholeOneWhileItIsRewritten() throws Exception {
    String run = hdfs.getUri() + "/runs/page";
    Path report = new Path(run, "report.html");
    try (RunDirectory pages = RunDirectory.open(run, IDENTITY, false, line -> {})) {
      assertThat(RewrittenPage.seenWhole(pages, 50, () -> read(report))).containsExactly(true);
    }
  }

  private static String newestWhole(Path run, List<String> checkpoints) {
    return checkpoints.stream()
        .filter(name -> isWritten(new Path(run, "checkpoints/" + name + "/MANIFEST")))
        .reduce((one, other) -> other)
        .orElseThrow();
  }

  private static void damage(Path file) throws IOException {
    byte[] bytes;
    try (FSDataInputStream in = hdfs.open(file)) {
      bytes = in.readAllBytes();
    }
    bytes[bytes.length / 2] ^= 1;
    try (FSDataOutputStream out = hdfs.create(file, true)) {
      out.write(bytes);
    }
  }

  /** A file that a killed driver was writing is there, and empty. */
  private static boolean isWritten(Path file) {
    try {
      return hdfs.exists(file) && hdfs.getFileStatus(file).getLen() > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) throws IOException {
    try (FSDataInputStream in = hdfs.open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<String> names(Path of) throws IOException {
    return Arrays.stream(hdfs.listStatus(of))
        .map(FileStatus::getPath)
        .map(Path::getName)
        .sorted()
        .toList();
  }
}
