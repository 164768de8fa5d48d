package org.espalier.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnnxLibrariesTest {
  @Test
  void theyAreLoadedFromWhereNativeLibrariesStayAndNotFromATemporaryFolder() throws Exception {
    OnnxLibraries.unpack();
    assertThat(OrtEnvironment.getEnvironment().getVersion()).isNotEmpty();

    Path folder = Path.of(System.getProperty("onnxruntime.native.path"));
    List<String> loaded =
        Files.readAllLines(Path.of("/proc/self/maps")).stream()
            .filter(line -> line.contains("libonnxruntime"))
            .map(line -> line.substring(line.indexOf('/')))
            .distinct()
            .toList();
    assertThat(loaded).hasSize(2).allMatch(library -> Path.of(library).startsWith(folder));
  }
}
