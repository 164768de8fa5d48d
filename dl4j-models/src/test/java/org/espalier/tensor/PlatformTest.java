package org.espalier.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlatformTest {
  @Test
  void theProcessorIsDescribedByKindAndArithmetic() {
    List<String> lines =
        List.of(
            "processor\t: 0",
            "vendor_id\t: GenuineIntel",
            "cpu family\t: 6",
            "model\t\t: 85",
            "cpu MHz\t\t: 2596.130",
            "flags\t\t: fpu vme avx2 fma avx sse4_1 lm",
            "",
            "processor\t: 1",
            "vendor_id\t: Another",
            "flags\t\t: amx_tile");

    assertThat(Platform.describe(lines))
        .isEqualTo("GenuineIntel family 6 model 85 avx avx2 fma sse4_1");
  }

  @Test
  void thisProcessComputesWithOneThreadAndNamesItsLibraries() {
    Platform platform = NativeRuntime.describe();

    assertThat(platform.threads()).isEqualTo(1);
    assertThat(platform.libraries()).containsPattern("libopenblas\\S*:[0-9a-f]+");
    assertThat(platform.line())
        .endsWith("1 thread an operation")
        .doesNotContain("\n")
        .doesNotContain(System.getProperty("java.vm.version"))
        .doesNotContain("/");
    assertThat(NativeRuntime.describe()).isEqualTo(platform);
  }
}
