package org.espalier.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.espalier.data.format.SampleFiles.idxFolder;
import static org.espalier.data.format.SampleFiles.packed;
import static org.espalier.data.format.SampleFiles.write;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.espalier.data.DataException;
import org.espalier.data.LabelledData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
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
  void aDeviceIsRefusedBeforeItIsRead() {
    assumeTrue(Files.exists(Path.of("/dev/zero")));

    assertThatThrownBy(() -> DataPath.of("/dev/zero", CONFIGURATION).open())
        .isInstanceOf(DataException.class)
        .hasMessage("/dev/zero: is neither a file nor a folder; expected a file");
  }

  @Test
  void aGzipBombIsRefused() throws IOException {
    Path bomb = folder.resolve("bomb.csv.gz");
    byte[] blank = new byte[1 << 20];
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(bomb))) {
      for (int i = 0; i < 129; i++) {
        out.write(blank);
      }
    }

    try (ByteReader reader = ByteReader.open(DataPath.of(bomb.toString(), CONFIGURATION))) {
      assertThatThrownBy(
              () -> {
                while (!reader.atEnd()) {
                  reader.readFully(blank, "nothing");
                }
              })
          .isInstanceOf(DataException.class)
          .hasMessage(bomb + ": unpacks to more than 134217728 bytes, the limit for its size");
    }
  }

  @Test
  void dataAreReadOnAnyFileSystemThatHadoopKnows() {
    Configuration configuration = new Configuration(false);
    configuration.setClass("fs.other.impl", OtherFileSystem.class, FileSystem.class);
    String local = idxFolder(folder.resolve("idx")).toString();
    LabelledData expected =
        Datasets.open(new DatasetSettings.Idx(local, null, null, null), configuration);

    LabelledData data =
        Datasets.open(new DatasetSettings.Idx("other://" + local, null, null, null), configuration);
    packed(data, folder);

    assertThat(data.fingerprint()).isEqualTo(expected.fingerprint());
    assertThat(
            PackedDataset.read("other:" + folder, data.fingerprint(), configuration).fingerprint())
        .isEqualTo(data.fingerprint());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aDiskThatCannotBeReadIsSaidByAnException() {
    // Where a process has no memory, its reading is answered as by a broken disk.
    DataPath broken = DataPath.of("/proc/self/mem", CONFIGURATION);

    assertThatThrownBy(() -> broken.open().readAllBytes())
        .isInstanceOf(IOException.class)
        .hasMessage("Input/output error");
    assertThatThrownBy(() -> broken.open().read()).isInstanceOf(IOException.class);
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
  void entriesComeByNameWhateverTheyAreCalled() throws IOException {
    write(folder.resolve("b"), "");
    write(folder.resolve("a:1"), "");
    write(folder.resolve(".c"), "");
    write(folder.resolve("_d"), "");
    write(folder.resolve("l\u00f6we 100%.png"), "x");
    write(folder.resolve(".b.crc"), "");
    Files.createSymbolicLink(folder.resolve("link"), Path.of("nowhere"));

    List<DataPath> entries = DataPath.of(folder.toString(), CONFIGURATION).entries();

    assertThat(entries)
        .extracting(DataPath::name)
        .containsExactly(".b.crc", ".c", "_d", "a:1", "b", "link", "l\u00f6we 100%.png");
    assertThat(entries.get(5).kind()).isEqualTo(DataPath.Kind.DEAD_LINK);
    try (InputStream in = entries.get(6).open()) {
      assertThat(in.readAllBytes()).containsExactly('x');
    }
  }

  @Test
  void aChecksumOfHadoopBesideAFileDecidesNothing() throws IOException {
    Path file = write(folder.resolve("a.csv"), "0,1,2\n");
    write(folder.resolve(".a.csv.crc"), "crc\0 of another file");

    try (InputStream in = DataPath.of(file.toString(), CONFIGURATION).open()) {
      assertThat(in.readAllBytes()).hasSize(6);
    }
  }

  @Test
  void aNameThatIsNotUtf8IsNamed() throws IOException {
    Path latin = Path.of(URI.create(folder.toUri() + "caf%E9.png"));
    try {
      Files.write(latin, new byte[1]);
    } catch (IOException | InvalidPathException refused) {
      abort("this file system takes no such name");
    }

    assertThatThrownBy(() -> DataPath.of(folder.toString(), CONFIGURATION).entries())
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(folder.toString(), "not UTF-8", "'caf\\xE9.png'");
  }

  @Test
  void aFolderThatCannotBeReadIsNamed() throws IOException {
    assumeTrue(folder.toFile().setReadable(false) && !Files.isReadable(folder), "not for root");

    assertThatThrownBy(() -> DataPath.of(folder.toString(), CONFIGURATION).entries())
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(folder.toString(), "no permission");
  }

  @Test
  void aLocalUriWithAHostIsRefused() {
    assertThatThrownBy(() -> DataPath.of("file://host/data", CONFIGURATION))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("file://host/data", "names the host host", "file:///");
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
