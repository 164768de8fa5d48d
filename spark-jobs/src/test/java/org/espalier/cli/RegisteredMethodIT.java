package org.espalier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.espalier.job.CountingMethod;
import org.espalier.job.RegistryLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a method may hand over beside networks, and from several data sets, from end to end. */
class RegisteredMethodIT {
  @TempDir Path folder;

  @Test
  void aResultMayBeAnArtefactAlone() throws Exception {
    write("count.yaml", "data: {format: digits}\ncounting: {}\n");

    Program.Answer answer = run("count", "--config", at("count.yaml"), "--output", at("run"));

    assertThat(answer.code()).as(answer.text()).isZero();
    assertThat(answer.text())
        .contains("Counting images: images counted, seed 1")
        .contains("image-counts: a table of 11 bytes, in artefacts/image-counts");
    assertThat(folder.resolve("run/model")).doesNotExist();
    assertThat(folder.resolve("run/artefacts/image-counts/counts.txt")).hasContent("{data=1797}");
    assertThat(folder.resolve("run/artefacts/image-counts/artefact.json"))
        .content()
        .contains("\"kind\" : \"table\"", "\"version\" : 3");
    assertThat(folder.resolve("run/artefacts/image-counts/MANIFEST")).exists();
    JsonNode outcome = result("run").get("outcome");
    assertThat(outcome.at("/artefacts/0/name").asText()).isEqualTo("image-counts");
    assertThat(outcome.at("/artefacts/0/files/counts.txt").asText()).hasSize(64);
    assertThat(outcome.has("exported")).isFalse();
    assertThat(folder.resolve("run/report.html"))
        .content()
        .contains("The search hands over image-counts (table).", "Counted: {data=1797}");
    Program.Answer evaluated = run("evaluate", "--run", at("run"));
    assertThat(evaluated.text()).contains("has no model; what it made is in artefacts: image-");
    assertThat(evaluated.code()).isEqualTo(ExitCode.BAD_INPUT);
  }

  @Test
  void severalDataSetsAreReadPackedSplitAndJudgedEachByItself() throws Exception {
    StringBuilder csv = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      csv.append("%s,%s,%s,%s,%s%n".formatted(i % 2, i, 2 * i, 3 * i, 100 * (i % 2)));
    }
    write("small.csv", csv.toString());
    write(
        "count.yaml",
        """
        dataSets:
          small: {format: csv, path: %s, height: 2, width: 2}
          digits: {format: digits}
        counting: {networks: true}
        export: {proofImages: 5}
        """
            .formatted(at("small.csv")));

    Program.Answer answer =
        run("search", "--config", at("count.yaml"), "--output", at("run"), "--master", "local[2]");

    assertThat(answer.code()).as(answer.text()).isZero();
    assertThat(answer.text())
        .contains("data      digits: 1797 images", "data      small: 40 images")
        .contains("found on digits: test accuracy", "found on small: test accuracy");
    assertThat(folder.resolve("run/artefacts/image-counts/counts.txt"))
        .hasContent("{digits=1797, small=40}");
    JsonNode outcome = result("run").get("outcome");
    assertThat(outcome.at("/dataSets/small/data").asText()).hasSize(64);
    assertThat(outcome.at("/networks/0/dataSet").asText()).isEqualTo("digits");
    assertThat(outcome.at("/networks/1/testImages").asInt()).isEqualTo(10);
    assertThat(folder.resolve("run/report.html"))
        .content()
        .contains("Counting images on digits, small", "split of small");
    Program.Answer evaluated = run("evaluate", "--run", at("run"));
    assertThat(evaluated.code()).as(evaluated.text()).isZero();
    assertThat(evaluated.text()).contains("images");
  }

  private Program.Answer run(String... arguments) throws Exception {
    return RegistryLine.with(CountingMethod.class, folder, () -> Program.run(arguments));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private JsonNode result(String run) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(run + "/result.json").toFile());
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }
}
