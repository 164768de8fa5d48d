package org.espalier.search.table;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Parts of published tables, which come with the tests. */
public final class Parts {
  /** 729 networks of NAS-Bench-201: skip connections and convolutions. */
  public static final String NAS_BENCH_201 = "nasbench201-part.tsv.gz";

  /** 256 networks of NAS-Bench-Macro. */
  public static final String NAS_BENCH_MACRO = "nasbench-macro-part.tsv.gz";

  private Parts() {}

  /** Copies a part into a folder. */
  public static Path copy(String name, Path folder) throws IOException {
    Path file = folder.resolve(name);
    try (InputStream in = open(name)) {
      Files.copy(in, file);
    }
    return file;
  }

  /** The lines of a part. */
  static List<String> lines(String name) throws IOException {
    try (InputStream in = new GZIPInputStream(open(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static InputStream open(String name) {
    return Parts.class.getResourceAsStream(name);
  }
}
