package org.espalier.search.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.espalier.text.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableReaderTest {
  @TempDir private Path folder;

  @Test
  void aPartOfNasBench201IsReadAsItWasPublished() throws IOException {
    NetworkTable table = TableReader.read(Parts.copy(Parts.NAS_BENCH_201, folder)).get(0);

    assertThat(table.name()).isEqualTo("NAS-Bench-201");
    assertThat(table.free().sizes()).containsOnly(3).hasSize(6);
    assertThat(table.size()).isEqualTo(729);
    // Options are in the published order: skip connection, convolutions of 1x1 and of 3x3.
    int skips = table.number(List.of(0, 0, 0, 0, 0, 0));
    int convolutions = table.number(List.of(2, 2, 2, 2, 2, 2));
    assertThat(table.limited("publishedFlops", 7_943_872).ratio(List.of(0, 0, 0, 0, 0, 0)))
        .isEqualTo(1);
    assertThat(
            table
                .limited("publishedFlops", 7_943_872 + 6 * 35_819_520)
                .ratio(List.of(2, 2, 2, 2, 2, 2)))
        .isEqualTo(1);
    String[] published =
        row(
            "|skip_connect~0|+|skip_connect~0|skip_connect~1|+"
                + "|skip_connect~0|skip_connect~1|skip_connect~2|");
    assertThat(table.seen(skips)).isEqualTo(Double.parseDouble(published[2]) / 100);
    assertThat(table.truth(skips)).isEqualTo(Double.parseDouble(published[5]) / 100);
    assertThat(table.truth(convolutions)).isGreaterThan(0.9);
    assertThat(table.costs()).containsExactly("edgegpu", "pixel3", "publishedFlops", "raspi4");
    assertThat(table.limited("raspi4", 1_000_000).ratio(List.of(0, 0, 0, 0, 0, 0)))
        .isEqualTo(Double.parseDouble(published[8]));
  }

  private static String[] row(String cell) throws IOException {
    return Parts.lines(Parts.NAS_BENCH_201).stream()
        .map(line -> line.split("\t"))
        .filter(cells -> cells[1].equals(cell))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aFolderGivesAllTablesThatItHas() throws IOException {
    Parts.copy(Parts.NAS_BENCH_201, folder);
    Files.write(folder.resolve("macro.tsv"), Parts.lines(Parts.NAS_BENCH_MACRO));
    Files.writeString(folder.resolve("other.tsv"), "a\tb\n1\t2\n");
    Files.writeString(folder.resolve("notes.txt"), "nothing");

    List<NetworkTable> tables = TableReader.read(folder);

    assertThat(tables)
        .extracting(NetworkTable::name)
        .containsExactly("NAS-Bench-Macro", "NAS-Bench-201");
    NetworkTable macro = tables.get(0);
    assertThat(macro.free().sizes()).containsOnly(2).hasSize(8);
    assertThat(macro.numbers().allMatch(n -> macro.seen(n) == macro.truth(n))).isTrue();
  }

  @Test
  void whatIsNoTableIsRefused() throws IOException {
    Path file = folder.resolve("x.tsv");
    Files.writeString(file, "arch\taccuracy\n");

    assertThatThrownBy(() -> TableReader.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("x.tsv, line 1: expected one of 'index cell cifar10_val_12ep");
    assertThatThrownBy(() -> TableReader.read(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is a table of networks");
    assertThatThrownBy(() -> TableReader.read(folder.resolve("none.tsv")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("there is no file or folder");
  }

  @Test
  void aFileThatEndsTooEarlyIsRefused() throws IOException {
    Path file = Parts.copy(Parts.NAS_BENCH_201, folder);
    byte[] all = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(all, all.length / 2));

    assertThatThrownBy(() -> TableReader.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("it may be damaged");
  }

  @Test
  void damagedRowsAreRefusedByTheirLine() throws IOException {
    assertRefused(line -> cell(line, 2, "nan?"), "line 3: cifar10_val_12ep is 'nan?'");
    assertRefused(line -> cell(line, 2, "NaN"), "line 3: cifar10_val_12ep is 'NaN'");
    assertRefused(line -> cell(line, 5, "101"), "line 3: cifar10_val_200ep is '101', expected a");
    assertRefused(line -> cell(line, 6, "1"), "line 3: flops of");
    assertRefused(line -> cell(line, 6, "many"), "line 3: flops is 'many'");
    assertRefused(line -> cell(line, 8, "0"), "line 3: raspi4_latency_ms is '0'");
    assertRefused(line -> cell(line, 1, "|conv~0|"), "line 3: the cell '|conv~0|'");
    assertRefused(line -> line + "\t1", "line 3: expected 11 values between tabs, got 12");
  }

  @Test
  void networksThatAreMissingOrThereTwiceAreRefused() throws IOException {
    List<String> lines = new ArrayList<>(Parts.lines(Parts.NAS_BENCH_201));
    String removed = lines.remove(5);
    Path file = Files.write(folder.resolve("x.tsv"), lines);

    assertThatThrownBy(() -> TableReader.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("x.tsv: 1 of the 729 networks")
        .hasMessageContaining("are missing");
    lines.set(7, lines.get(8));
    lines.add(removed);
    Files.write(file, lines);
    assertThatThrownBy(() -> TableReader.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is there twice");
    Files.write(file, lines.subList(0, 1));
    assertThatThrownBy(() -> TableReader.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no row below the first line");
  }

  @Test
  void aMacroNetworkHasEightDigits() throws IOException {
    List<String> lines = new ArrayList<>(Parts.lines(Parts.NAS_BENCH_MACRO));
    lines.set(1, cell(lines.get(1), 0, "11111113"));
    Path file = Files.write(folder.resolve("x.tsv"), lines);

    assertThatThrownBy(() -> TableReader.read(file))
        .hasMessageContaining("line 2: arch is '11111113', expected eight digits from 0 to 2");
  }

  private void assertRefused(UnaryOperator<String> damage, String message) throws IOException {
    List<String> lines = new ArrayList<>(Parts.lines(Parts.NAS_BENCH_201));
    lines.set(2, damage.apply(lines.get(2)));
    Path file = Files.write(folder.resolve("x.tsv"), lines);

    assertThatThrownBy(() -> TableReader.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }

  private static String cell(String line, int column, String value) {
    String[] cells = line.split("\t");
    cells[column] = value;
    return String.join("\t", cells);
  }
}
