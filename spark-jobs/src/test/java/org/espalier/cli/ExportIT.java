package org.espalier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.espalier.cli.Program.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportIT {
  private static final String CONFIG =
      """
      data: {format: folder, path: pictures}
      network: {type: readyMade, family: plain, widths: [2, 2, 2, 2, 2, 2]}
      training: {epochs: 1, batchSize: 4, optimiser: {type: sgd, learningRate: 0.01}}
      """;

  @TempDir Path folder;

  @Test
  void aModelIsExportedWhenItsDataAreGoneOrOthers() throws IOException {
    Path pictures = folder.resolve("pictures");
    pictures(pictures, 12);
    Path config =
        Files.writeString(
            folder.resolve("c.yaml"), CONFIG.replace("pictures", pictures.toString()));
    Answer trained = Program.run("train", "--config", config.toString(), "--output", at("run"));
    assertThat(trained.code()).as(trained.text()).isZero();

    Answer there = export("there");
    Files.move(pictures, folder.resolve("elsewhere"));
    Answer gone = export("gone");
    Answer inside = export("pictures/export");
    pictures(pictures, 9);
    Answer others = export("others");

    assertThat(there.text()).startsWith("ONNX agrees on ");
    assertThat(proof("there").get("imagesFrom").asText()).isEqualTo("the test part of the data");
    assertThat(gone.code()).as(gone.text()).isZero();
    assertThat(gone.text())
        .startsWith(
            "the data of the run cannot be used (%s: no such file or folder), so the files are"
                    .formatted(pictures)
                + " proved on images that were drawn in the range of the input, with seed 1\n")
        .contains("ONNX agrees on ", " of 50 images");
    assertThat(proof("gone").get("imagesFrom").asText())
        .isEqualTo("images that were drawn in the range of the input, with seed 1");
    assertThat(proof("gone").get("passed").asBoolean()).isTrue();
    assertThat(Files.readAllBytes(folder.resolve("gone/model.onnx")))
        .containsExactly(Files.readAllBytes(folder.resolve("there/model.onnx")));
    assertThat(inside.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(inside.text()).contains("is inside of the data");
    assertThat(others.code()).as(others.text()).isZero();
    assertThat(others.text()).contains("the data have changed", "24 images then, 18 now");
  }

  private Answer export(String name) {
    return Program.run("export", "--run", at("run"), "--output", at(name), "--proof-images", "50");
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private JsonNode proof(String name) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(name).resolve("proof.json").toFile()).get(0);
  }

  /** Two classes of grey pictures, each of its own brightness. */
  private static void pictures(Path root, int count) throws IOException {
    for (int kind = 0; kind < 2; kind++) {
      Path of = Files.createDirectories(root.resolve("ab".substring(kind, kind + 1)));
      for (int i = 0; i < count; i++) {
        BufferedImage picture = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
        for (int pixel = 0; pixel < 64; pixel++) {
          picture
              .getRaster()
              .setSample(pixel % 8, pixel / 8, 0, 60 + 120 * kind + (i * pixel) % 50);
        }
        ImageIO.write(picture, "png", of.resolve(i + ".png").toFile());
      }
    }
  }
}
