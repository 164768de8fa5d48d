package org.espalier.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.espalier.data.LabelledData;
import org.espalier.data.format.PackedDataset;
import org.espalier.search.random.TinyWidthSearch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedDataTest {
  private static final String FINGERPRINT = TinyWidthSearch.fingerprint();

  @TempDir Path folder;
  private String packed;
  private Path original;

  @BeforeEach
  void pack() throws IOException {
    packed = folder.resolve("run/data").toString();
    LabelledData data = TinyWidthSearch.data().load(FINGERPRINT, LabelledData.class);
    original = Path.of(packed, PackedDataset.fileName(FINGERPRINT));
    Files.createDirectories(original.getParent());
    try (OutputStream out = Files.newOutputStream(original)) {
      PackedDataset.write(data, out);
    }
  }

  @Test
  void anExecutorReadsACopyThatOthersMayUseWhenTheOriginalIsGone() throws IOException {
    Path copies = folder.resolve("local/copies");
    LabelledData first = load(new PackedData(packed, Optional.of(copies)));
    Files.delete(original);

    LabelledData second = load(new PackedData(packed, Optional.of(copies)));

    assertThat(copies.resolve(original.getFileName())).isRegularFile();
    assertThat(second.fingerprint()).isEqualTo(first.fingerprint()).isEqualTo(FINGERPRINT);
  }

  @Test
  void outsideOfExecutorsDataAreReadInPlace() {
    PackedData here = PackedData.here(packed);

    assertThat(here.copies()).isEmpty();
    assertThat(load(here).fingerprint()).isEqualTo(FINGERPRINT);
  }

  @Test
  void otherThingsThanImagesAreRefused() {
    assertThatThrownBy(() -> PackedData.here(packed).load(FINGERPRINT, String.class))
        .hasMessageContaining("packed files hold labelled images, not String");
  }

  private static LabelledData load(PackedData data) {
    return data.load(FINGERPRINT, LabelledData.class);
  }
}
