package org.espalier.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs that the README shows say of pictures what the program itself does. */
class ReadmeExamplesIT {
  /** Other versions of the runtime round differently. */
  private static final double ROUNDING = 2e-5;

  private static final Path README = Path.of("../README.md");
  private static final Path SEVEN = Path.of("../docs/seven.png");
  private static final String COLOURED =
      """
      seed: 1
      data: {format: folder, path: %s}
      network: {type: readyMade, family: plain, widths: [4, 4, 4, 4, 4, 4]}
      training: {epochs: 1, batchSize: 8, optimiser: {type: sgd, learningRate: 0.05}}
      export: {proofImages: 5}
      """;

  @TempDir static Path folder;

  @BeforeAll
  static void train() throws IOException {
    train("../conf/train-digits-small.yaml", "digits");
    for (int i = 0; i < 40; i++) {
      Path file = at("set/%s/%s.png".formatted(i % 2 == 0 ? "ash, \"old\"" : "birch", i));
      Files.createDirectories(file.getParent());
      ImageIO.write(patches(i), "png", file.toFile());
    }
    Files.writeString(at("coloured.yaml"), COLOURED.formatted(at("set")));
    train(at("coloured.yaml").toString(), "coloured");
  }

  private static void train(String config, String run) {
    Program.Answer answer =
        Program.run("train", "--config", config, "--output", at(run).toString());
    assertThat(answer.code()).as(answer.text()).isZero();
  }

  /** A picture higher than wide, each quarter of another colour. */
  private static BufferedImage patches(int number) {
    BufferedImage image = new BufferedImage(8, 12, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 12; y++) {
      for (int x = 0; x < 8; x++) {
        int red = 40 * (number % 5) + (x < 4 ? 60 : 0);
        int green = y < 6 ? 200 : 10 * (number % 7);
        image.setRGB(x, y, red << 16 | green << 8 | 90 + 3 * number);
      }
    }
    return image;
  }

  @Test
  void theJavaProgramSaysWhatPredictSays() throws Exception {
    Path program = Files.writeString(at("Classify.java"), block("java"));
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            program.toString());

    compare(command, "digits", SEVEN);
    compare(command, "coloured", at("set/birch/3.png"));
  }

  @Test
  void thePythonProgramSaysWhatPredictSays() throws Exception {
    Path program = Files.writeString(at("classify.py"), block("python"));
    String python = Optional.ofNullable(System.getenv("ESPALIER_PYTHON")).orElse("python3");
    assumeTrue(
        works(python, "-c", "import numpy, onnxruntime, PIL"),
        python + " with numpy, onnxruntime and pillow");

    compare(List.of(python, program.toString()), "digits", SEVEN);
    compare(List.of(python, program.toString()), "coloured", at("set/birch/3.png"));
  }

  @Test
  void theAnswerThatIsShownHasTheFormOfAnAnswer() throws IOException {
    Program.Outputs answer = predict("digits", SEVEN);
    Matcher shown =
        Pattern.compile("```\n(path,class,probability\ndocs/seven.png,)(7,0\\.\\d{6})\n```")
            .matcher(Files.readString(README));

    assertThat(shown.find()).isTrue();
    assertThat(answer.out()).startsWith("path,class,probability\n" + SEVEN + ",7,0.");
    assertThat(README).content().contains("Both print `" + shown.group(2).replace(',', ' ') + "`");
  }

  private static void compare(List<String> program, String run, Path picture) throws Exception {
    List<String> command = new ArrayList<>(program);
    command.add(at(run + "/model/model.onnx").toString());
    command.add(picture.toString());
    Process process = new ProcessBuilder(command).redirectError(at("errors").toFile()).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();

    assertThat(process.waitFor()).as(Files.readString(at("errors"))).isZero();
    Matcher answer =
        Pattern.compile("(?s).*\\.png,(.*),(.*)\n").matcher(predict(run, picture).out());
    assertThat(answer.matches()).isTrue();
    int space = said.lastIndexOf(' ');
    assertThat(said.substring(0, space))
        .isEqualTo(answer.group(1).replaceAll("^\"|\"$", "").replace("\"\"", "\""));
    assertThat(Double.parseDouble(said.substring(space + 1)))
        .isEqualTo(Double.parseDouble(answer.group(2)), within(ROUNDING));
  }

  private static Program.Outputs predict(String run, Path picture) {
    return Program.apart("predict", "--model", at(run + "/model").toString(), picture.toString());
  }

  private static boolean works(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException notThere) {
      return false;
    }
  }

  /** The program that the README shows in a language. */
  private static String block(String language) throws IOException {
    Matcher block =
        Pattern.compile("(?s)```" + language + "\n(.*?)```").matcher(Files.readString(README));
    assertThat(block.find()).isTrue();
    String program = block.group(1);
    assertThat(block.find()).as("one program in " + language).isFalse();
    return program;
  }

  private static Path at(String name) {
    return folder.resolve(name);
  }
}
