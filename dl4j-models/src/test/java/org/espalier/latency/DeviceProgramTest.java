package org.espalier.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.espalier.cost.LatencyTable;
import org.espalier.export.OnnxModel;
import org.espalier.network.ImageShape;
import org.espalier.search.cell.space.CellSpaceSettings;
import org.espalier.search.cell.space.Skeleton;
import org.espalier.text.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceProgramTest {
  private static final LatencyPlan PLAN =
      LatencyPlan.of(
          new CellSpaceSettings.Small().of(new Skeleton(1, 2, new ImageShape(6, 6, 1), 4)),
          3,
          2,
          1);

  @TempDir private Path folder;

  @Test
  void everyNetworkIsAFileThatCanBeTimed() throws IOException {
    int files = DeviceProgram.write(PLAN, folder.resolve("program"));

    assertThat(files).isEqualTo(PLAN.models().size() + 2);
    assertThat(folder.resolve("program/measure.py")).exists();
    assertThat(folder.resolve("program/operations.json"))
        .content()
        .contains(PLAN.space(), "\"learn ", "\"check ", "\"call\"", "\"relu 6x6x2 6x6x2\"");
    byte[] call = Files.readAllBytes(folder.resolve("program/models/%s.onnx".formatted(files - 7)));
    try (OnnxModel opened = OnnxModel.open(call, new ImageShape(1, 1, 1), 2)) {
      assertThat(opened.microseconds(new float[1], 3, System::nanoTime)).isPositive();
    }
    assertThatThrownBy(() -> DeviceProgram.write(PLAN, folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is not empty");
  }

  @Test
  void whatThePythonProgramWritesIsRead() throws Exception {
    String python = Optional.ofNullable(System.getenv("ESPALIER_PYTHON")).orElse("python3");
    assumeTrue(run(python, "-c", "import onnxruntime") == 0, python + " with onnxruntime");
    int files = DeviceProgram.write(PLAN, folder.resolve("program"));
    Path csv = folder.resolve("latency.csv");

    int code =
        run(
            python,
            folder.resolve("program/measure.py").toString(),
            "--rounds",
            "2",
            "--device",
            "a, b",
            "--output",
            csv.toString());

    assertThat(code).as(Files.readString(folder.resolve("said"))).isZero();
    LatencyTable table = LatencyCsv.read(PLAN, Files.readString(csv), csv.toString());
    assertThat(table.device().name()).isEqualTo("a  b");
    assertThat(table.operations().keySet()).isEqualTo(PLAN.byName().keySet());
    assertThat(table.correction().networks()).isEqualTo(3);
    assertThat(table.check()).hasSize(2);
    assertThat(files).isPositive();
  }

  private int run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(folder.resolve("said").toFile())
          .start()
          .waitFor();
    } catch (IOException notThere) {
      return -1;
    }
  }
}
