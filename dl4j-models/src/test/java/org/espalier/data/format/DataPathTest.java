package org.espalier.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.espalier.data.format.SampleFiles.idxFolder;
import static org.espalier.data.format.SampleFiles.write;

import java.net.URI;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.espalier.data.DataException;
import org.espalier.data.LabelledData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataPathTest {
  private static final Configuration CONFIGURATION = new Configuration();

  @TempDir private Path folder;

  @Test
  void localPathsAndUrisNameTheSameFile() {
    Path file = write(folder.resolve("with space/a%20b#c.txt"), "x");

    DataPath plain = DataPath.of(file.toString(), CONFIGURATION);
    DataPath uri =
        DataPath.of("file://" + folder, CONFIGURATION).child("with space").child("a%20b#c.txt");

    assertThat(plain.exists()).isTrue();
    assertThat(uri.exists()).isTrue();
    assertThat(uri.toString()).isEqualTo(plain.toString()).isEqualTo(file.toString());
  }

  @Test
  void dataAreReadAndPackedOnAnyFileSystemThatHadoopKnows() {
    Configuration configuration = new Configuration(false);
    configuration.setClass("fs.other.impl", OtherFileSystem.class, FileSystem.class);
    String local = idxFolder(folder.resolve("idx")).toString();
    LabelledData expected =
        Datasets.open(new DatasetSettings.Idx(local, null, null, null), configuration);

    LabelledData data =
        Datasets.open(new DatasetSettings.Idx("other://" + local, null, null, null), configuration);
    String packed = PackedDataset.write(data, "other://" + folder, configuration);

    assertThat(data.fingerprint()).isEqualTo(expected.fingerprint());
    assertThat(packed).startsWith("other:" + folder);
    assertThat(
            PackedDataset.read("other:" + folder, data.fingerprint(), configuration).fingerprint())
        .isEqualTo(data.fingerprint());
  }

  /** The local files under another scheme, and refused under their own. */
  public static final class OtherFileSystem extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("other:///");
    }

    @Override
    public String getScheme() {
      return "other";
    }
  }

  @Test
  void entriesComeByNameWithoutHiddenOnes() {
    write(folder.resolve("b"), "");
    write(folder.resolve("a:1"), "");
    write(folder.resolve(".c"), "");
    write(folder.resolve("_d"), "");

    assertThat(DataPath.of(folder.toString(), CONFIGURATION).entries())
        .extracting(DataPath::name)
        .containsExactly("a:1", "b");
  }

  @Test
  void aSchemeWhoseJarIsMissingIsNamed() {
    assertThatThrownBy(() -> DataPath.of("s3a://bucket/data", CONFIGURATION))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("s3a://bucket/data", "scheme 's3a'", "hadoop-aws");
  }

  @Test
  void aHostWithoutAddressIsNamed() {
    assertThatThrownBy(() -> DataPath.of("hdfs://no-such-host.invalid/data", CONFIGURATION))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("unknown host no-such-host.invalid");
  }
}
