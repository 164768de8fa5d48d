package org.espalier.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.espalier.data.format.SampleFiles.write;

import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.espalier.data.DataException;
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
