package org.espalier.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.espalier.network.ImageShape;
import org.espalier.network.ReadyMade.Family;
import org.espalier.storage.RecordCodec;
import org.espalier.text.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourceTest {
  private static final NetworkCost COST =
      NetworkCost.of(Family.PLAIN.build(new ImageShape(4, 4, 1), 3, Family.PLAIN.usualWidths()));

  @TempDir private Path folder;

  @Test
  void amountsAreThoseOfTheNetwork() {
    assertThat(new Macs().of(COST)).isEqualTo(COST.macs());
    assertThat(new Parameters().of(COST)).isEqualTo(COST.parameters());
    assertThat(new PeakActivationBytes().of(COST)).isEqualTo(COST.peakActivationBytes());
    assertThat(new WeightBytes(null).of(COST)).isEqualTo(Byte.SIZE * COST.bytes());
    assertThat(new WeightBytes(3).of(COST)).isEqualTo(3 * COST.parameters());
  }

  @Test
  void aWeightedSumAddsWhatItsTermsTake() {
    WeightedSum sum =
        new WeightedSum(
            List.of(
                new WeightedSum.Term(new Macs(), 0.5),
                new WeightedSum.Term(new WeightBytes(8), 2.0)));

    assertThat(sum.of(COST))
        .isEqualTo(1_000_000 * COST.macs() / 2 + 1_000_000 * 2 * COST.parameters());
    assertThatThrownBy(() -> new WeightedSum.Term(new PeakActivationBytes(), 1.0))
        .hasMessageContaining("peak activation memory");
  }

  @Test
  void limitsSayTheirUnits() {
    Budget budget =
        Budget.of(
            new Limit(new WeightBytes(8), 1000.5),
            new Limit(new PeakActivationBytes(), 2000.0),
            new Limit(Latency.ofEntries(Map.of("add 1 1", 1.0)), 12.0));

    assertThat(budget.describe())
        .isEqualTo(
            "1,000.500 bytes of 8-bit weights and 2,000 bytes of features at once and 12"
                + " microseconds");
    assertThat(
            new RecordCodec<>(Budget.class).decode(new RecordCodec<>(Budget.class).encode(budget)))
        .isEqualTo(budget);
  }

  @Test
  void aTableIsReadFromLinesOfSignatureAndMicroseconds() throws IOException {
    Path file = write("# device\n\nlinear 64 10\t2.5\nadd 8x8x16 8x8x16\t0\n");

    Latency latency = Latency.read(file);

    assertThat(latency.entries()).isEqualTo(Map.of("linear 64 10", 2.5, "add 8x8x16 8x8x16", 0.0));
    Files.delete(file);
    assertThat(new Latency(file.toString(), latency.entries(), null, null)).isEqualTo(latency);
  }

  @Test
  void aMalformedTableIsRefusedWithFileAndLine() throws IOException {
    refused("linear 64 10 2.5\n", "times.tsv, line 1: expected a signature, a tab");
    refused("# x\nlinear 64 10\tfast\n", "line 2: microseconds must be a number, got 'fast'");
    refused("linear 64 10\t-1\n", "line 1: microseconds must be at least 0 and finite, got '-1'");
    refused("a\t1\na\t2\n", "line 2: 'a' has an entry already");
    refused("# nothing\n", "times.tsv: there is no entry in it");
    Path noise = Files.write(folder.resolve("noise.tsv"), new byte[] {(byte) 0xff, '\n'});
    assertThatThrownBy(() -> Latency.read(noise))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("noise.tsv is not UTF-8 text");
    assertThatThrownBy(() -> Latency.read(folder.resolve("none")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("none cannot be read");
    assertThatThrownBy(() -> new Latency(null, null, null, null))
        .hasMessageContaining("entries or table must be given");
  }

  @Test
  void aMissingEntryNamesTheLayer() {
    Latency latency = Latency.ofEntries(Map.of("convolution3x3s1 4x4x1 4x4x15", 1.0));

    assertThatThrownBy(() -> latency.of(COST))
        .hasMessageContaining("layer '" + COST.layers().get(0).name() + "'")
        .hasMessageContaining("no entry 'convolution3x3s1 4x4x1 4x4x16'")
        .hasMessageContaining("closest is 'convolution3x3s1 4x4x1 4x4x15'");
    assertThat(latency.knows(COST.layers().get(0))).isFalse();
  }

  private void refused(String text, String message) throws IOException {
    String file = write(text).toString();

    assertThatThrownBy(() -> Latency.read(Path.of(file)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("times.tsv"), text);
  }
}
