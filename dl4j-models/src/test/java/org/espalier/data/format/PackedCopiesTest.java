package org.espalier.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.espalier.data.format.SampleFiles.idxFolder;
import static org.espalier.data.format.SampleFiles.packed;
import static org.espalier.data.format.SampleFiles.write;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.espalier.data.DataException;
import org.espalier.data.LabelledData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedCopiesTest {
  private static final Configuration CONFIGURATION = new Configuration(false);

  @TempDir private Path folder;
  private LabelledData data;
  private Path original;
  private Path copy;
  private String remote;
  private PackedCopies copies;

  @BeforeEach
  void packData() {
    Path source = idxFolder(folder.resolve("source"));
    data = Datasets.open(new DatasetSettings.Idx(source.toString(), "", null, null), CONFIGURATION);
    remote = folder.resolve("remote").toString();
    original = packed(data, Path.of(remote));
    copy = folder.resolve("local").resolve(original.getFileName());
    copies = new PackedCopies(folder.resolve("local"), CONFIGURATION);
  }

  @Test
  void aCopyServesWhenTheOriginalIsGone() throws IOException {
    copies.load(remote, data.fingerprint());
    Files.delete(original);

    LabelledData again = copies.load(remote, data.fingerprint());

    assertThat(again.fingerprint()).isEqualTo(data.fingerprint());
    assertThat(copy.getParent().toFile().list())
        .containsExactlyInAnyOrder(copy.getFileName().toString(), ".lock");
  }

  @Test
  void aDamagedCopyIsFetchedAgain() throws IOException {
    write(copy, "not what it should be");

    LabelledData read = copies.load(remote, data.fingerprint());

    assertThat(read.fingerprint()).isEqualTo(data.fingerprint());
    assertThat(copy).hasSameBinaryContentAs(original);
  }

  @Test
  void aDamagedOriginalIsRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(original);
    bytes[bytes.length / 2] ^= 1;
    write(original, bytes);

    assertThatThrownBy(() -> copies.load(remote, data.fingerprint()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(copy.toString());
  }

  @Test
  void manyReadersAtOnceShareOneCopy() {
    List<LabelledData> read =
        IntStream.range(0, 4)
            .parallel()
            .mapToObj(reader -> copies.load(remote, data.fingerprint()))
            .toList();

    assertThat(read).extracting(LabelledData::fingerprint).containsOnly(data.fingerprint());
    assertThat(copy.getParent().toFile().list())
        .containsExactlyInAnyOrder(copy.getFileName().toString(), ".lock");
  }

  @Test
  void aMissingOriginalIsNamed() {
    assertThatThrownBy(() -> copies.load(folder.resolve("gone").toString(), data.fingerprint()))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("gone", "no such file");
  }
}
