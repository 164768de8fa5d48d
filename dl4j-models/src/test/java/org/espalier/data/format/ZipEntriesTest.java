package org.espalier.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.espalier.data.format.SampleFiles.zip;

import java.util.Map;
import java.util.TreeMap;
import org.espalier.data.DataException;
import org.junit.jupiter.api.Test;

class ZipEntriesTest {
  private static final byte[] ZIP =
      zip(new TreeMap<>(Map.of("a", new byte[600], "b", new byte[600], "c", new byte[3])));

  @Test
  void everyFileIsGivenWithItsBytes() {
    Map<String, Integer> sizes = new TreeMap<>();

    new ZipEntries("z", ZipLimits.STANDARD)
        .forEach(ZIP, (name, bytes) -> sizes.put(name, bytes.length));

    assertThat(sizes).containsExactlyEntriesOf(new TreeMap<>(Map.of("a", 600, "b", 600, "c", 3)));
  }

  @Test
  void smallFilesThatUnpackToMuchAreRefused() {
    refused(new ZipLimits(1000, 2, 1000, 10_000), "more than 2 entries");
    refused(new ZipLimits(1000, 9, 599, 10_000), "entry a unpacks to more than 599 bytes");
    refused(new ZipLimits(1000, 9, 1000, 1100), "unpacks to more than 1100 bytes");
  }

  @Test
  void manyBlankFilesOfAllowedSizesAreRefusedByWhatTheyUnpackTo() {
    Map<String, byte[]> blank = new TreeMap<>();
    for (int i = 0; i < 17; i++) {
      blank.put("blank" + i, new byte[1 << 20]);
    }
    byte[] bomb = zip(new TreeMap<>(blank));

    assertThatThrownBy(
            () -> new ZipEntries("z", ZipLimits.STANDARD).forEach(bomb, (name, bytes) -> {}))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "z: unpacks to more than 16777216 bytes, the limit for a file of %s bytes"
                .formatted(bomb.length));
  }

  private static void refused(ZipLimits limits, String message) {
    assertThatThrownBy(() -> new ZipEntries("z", limits).forEach(ZIP, (name, bytes) -> {}))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }
}
