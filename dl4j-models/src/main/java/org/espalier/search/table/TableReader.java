package org.espalier.search.table;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.espalier.text.InputException;

/** Reads published tables from files, compressed by gzip or not. */
public final class TableReader {
  private static final int[] GZIP = {0x1f, 0x8b};

  private TableReader() {}

  /**
   * The tables of a file, or all that a folder has, in the order of the file names.
   *
   * @throws InputException if there are none, or one is damaged
   */
  public static List<NetworkTable> read(Path place) {
    if (!Files.isDirectory(place)) {
      return List.of(file(place));
    }
    List<NetworkTable> tables = new ArrayList<>();
    for (Path file : files(place)) {
      List<String> lines = lines(file);
      if (format(lines).isPresent()) {
        tables.add(table(file, lines));
      }
    }
    if (tables.isEmpty()) {
      throw new InputException(
          "no file in %s is a table of networks; expected first lines are %s"
              .formatted(place, expected()));
    }
    return List.copyOf(tables);
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> file.toString().matches(".*\\.(tsv|tsv\\.gz)"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new InputException("cannot read %s: %s".formatted(folder, e.getMessage()), e);
    }
  }

  private static NetworkTable file(Path file) {
    List<String> lines = lines(file);
    if (format(lines).isEmpty()) {
      throw new InputException(
          "%s, line 1: expected one of %s, tabs between the names".formatted(file, expected()));
    }
    return table(file, lines);
  }

  private static String expected() {
    return Arrays.stream(TableFormat.values())
        .map(format -> "'" + format.header().replace('\t', ' ') + "'")
        .collect(Collectors.joining(", "));
  }

  private static Optional<TableFormat> format(List<String> lines) {
    return Arrays.stream(TableFormat.values())
        .filter(format -> !lines.isEmpty() && lines.get(0).equals(format.header()))
        .findFirst();
  }

  private static NetworkTable table(Path file, List<String> lines) {
    TableFormat format = format(lines).orElseThrow();
    List<String> names = List.of(format.header().split("\t"));
    List<TableRow> rows = new ArrayList<>();
    for (int line = 1; line < lines.size(); line++) {
      List<String> values = List.of(lines.get(line).split("\t", -1));
      try {
        if (values.size() != names.size()) {
          throw new InputException(
              "expected %s values between tabs, got %s".formatted(names.size(), values.size()));
        }
        rows.add(format.row(new TableFormat.Cells(names, values)));
      } catch (InputException e) {
        throw new InputException("%s, line %s: %s".formatted(file, line + 1, e.getMessage()), e);
      }
    }
    try {
      return NetworkTable.of(format, rows);
    } catch (InputException e) {
      throw new InputException("%s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static List<String> lines(Path file) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      in.mark(GZIP.length);
      boolean compressed = in.read() == GZIP[0] && in.read() == GZIP[1];
      in.reset();
      try (InputStream plain = compressed ? new GZIPInputStream(in) : in) {
        return new String(plain.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      }
    } catch (NoSuchFileException e) {
      throw new InputException("there is no file or folder " + file, e);
    } catch (IOException e) {
      throw new InputException(
          "cannot read %s, it may be damaged: %s".formatted(file, e.getMessage()), e);
    }
  }
}
