package org.espalier.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManifestTest {
  /** Java's own small maps have another order in every process. */
  @Test
  void theSameFilesHaveTheSameManifestInEveryProcess() {
    byte[] manifest = Manifest.of(Map.of("b", new byte[0], "a", new byte[] {'x'}));

    assertThat(new String(manifest, StandardCharsets.UTF_8))
        .isEqualToIgnoringNewLines(
            """
            {
              "a" : {
                "bytes" : 1,
                "sha256" : "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
              },
              "b" : {
                "bytes" : 0,
                "sha256" : "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
              }
            }""");
  }
}
