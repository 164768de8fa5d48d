package org.espalier.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.espalier.data.format.SampleFiles.idxFolder;
import static org.espalier.data.format.SampleFiles.packed;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.espalier.data.DataException;
import org.espalier.data.LabelledData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedDatasetTest {
  private static final Configuration CONFIGURATION = new Configuration(false);

  @TempDir private Path folder;
  private LabelledData data;
  private String target;

  @BeforeEach
  void openData() {
    Path source = idxFolder(folder.resolve("source"));
    data = Datasets.open(new DatasetSettings.Idx(source.toString(), "", null, null), CONFIGURATION);
    target = "file://" + folder.resolve("packed");
  }

  @Test
  void whatIsReadEqualsWhatWasWritten() {
    packed(data, folder.resolve("packed"));

    LabelledData read = PackedDataset.read(target, data.fingerprint(), CONFIGURATION);

    assertThat(read.fingerprint()).isEqualTo(data.fingerprint());
    assertThat(read.officialTest()).isEqualTo(2);
    assertThat(read.images().labels()).isEqualTo(data.images().labels());
    for (int example = 0; example < data.images().size(); example++) {
      assertThat(read.images().image(example)).isEqualTo(data.images().image(example));
    }
    assertThat(read.images().classes()).isEqualTo(data.images().classes());
  }

  @Test
  void officialPartsArePackedToo() {
    LabelledData parted = new LabelledData(data.images(), 1, 2);

    packed(parted, folder.resolve("packed"));
    LabelledData read = PackedDataset.read(target, parted.fingerprint(), CONFIGURATION);

    assertThat(read.officialValidation()).isEqualTo(1);
    assertThat(read.officialTest()).isEqualTo(2);
    assertThat(read.fingerprint()).isEqualTo(parted.fingerprint());
  }

  @Test
  void pixelsOfALocalFileTakeNoHeap() {
    packed(data, folder.resolve("packed"));

    LabelledData read = PackedDataset.read(target, data.fingerprint(), CONFIGURATION);

    long labels = (long) Integer.BYTES * data.images().size();
    assertThat(data.images().heapBytes()).isGreaterThan(labels);
    assertThat(read.images().heapBytes()).isEqualTo(labels);
  }

  @Test
  void aFileThatIsNotOnALocalDiskIsReadAsWell() {
    CONFIGURATION.set("fs.elsewhere.impl", Elsewhere.class.getName());
    String remote = "elsewhere://host" + folder.resolve("remote");
    packed(data, folder.resolve("remote"));

    LabelledData read = PackedDataset.read(remote, data.fingerprint(), CONFIGURATION);

    assertThat(read.fingerprint()).isEqualTo(data.fingerprint());
  }

  /** The local file system under a name that does not say so. */
  public static final class Elsewhere extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("elsewhere://host");
    }
  }

  @Test
  void changedPixelsAreRefused() throws IOException {
    Path file = packed(data, folder.resolve("packed"));
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);

    assertThatThrownBy(() -> PackedDataset.read(target, data.fingerprint(), CONFIGURATION))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(file.toString(), "expected " + data.fingerprint());
  }

  @Test
  void aFileThatWasCutOffIsRefused() throws IOException {
    Path file = packed(data, folder.resolve("packed"));
    byte[] whole = Files.readAllBytes(file);
    cut(file, whole.length - 7);

    assertThatThrownBy(() -> PackedDataset.read(target, data.fingerprint(), CONFIGURATION))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(file.toString(), "cut short");
  }

  @Test
  void otherDataUnderTheNameAreRefused() throws IOException {
    Path file = packed(data, folder.resolve("packed"));
    String wanted = "0".repeat(64);
    Files.move(file, file.resolveSibling(PackedDataset.fileName(wanted)));

    assertThatThrownBy(() -> PackedDataset.read(target, wanted, CONFIGURATION))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("holds data " + data.fingerprint(), "expected " + wanted);
  }

  @Test
  void missingDataAreNamed() {
    assertThatThrownBy(() -> PackedDataset.read(target, data.fingerprint(), CONFIGURATION))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(data.fingerprint(), "no such file");
  }

  /**
   * Cuts the file, and its checksums with it, as a file system without checksums would leave it.
   */
  private static void cut(Path file, int length) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, length));
  }
}
