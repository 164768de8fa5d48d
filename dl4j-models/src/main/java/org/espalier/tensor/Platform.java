package org.espalier.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;

/**
 * What decides the last bits of results besides the program: where two platforms are equal, so are
 * results. The Java virtual machine is no part of it: since Java 17 all of them compute alike (JEP
 * 306), and what they may do differently, such as {@link Math#exp}, is not used for results.
 *
 * @param processor vendor, family, model and the instructions for arithmetic that it knows; {@code
 *     "pinned"} where both libraries are told which instructions to use
 * @param instructionSet up to which oneDNN goes, as its bit mask in hexadecimal digits, or {@code
 *     "none"} without oneDNN
 * @param openBlasCore for which kind of core OpenBLAS chooses its code, if it is told ({@code
 *     OPENBLAS_CORETYPE}), else {@code "by processor"}
 * @param libraries native libraries with a checksum each
 * @param threads that compute one operation; only 1 gives the same bits each time
 */
public record Platform(
    String processor, String instructionSet, String openBlasCore, String libraries, int threads) {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
  private static final List<String> LIBRARIES = List.of("nd4j", "openblas", "dnnl");
  private static final List<String> ARITHMETIC = List.of("avx", "fma", "amx", "sse4", "f16c");
  private static final String JAR = ".jar/";

  /** The platform of this process, as the calling thread computes. */
  static Platform here(boolean oneDnn, int threads) {
    Map<String, String> environment = System.getenv();
    String core = environment.getOrDefault("OPENBLAS_CORETYPE", "by processor");
    boolean pinned =
        environment.containsKey("OPENBLAS_CORETYPE") && environment.containsKey("DNNL_MAX_CPU_ISA");
    return new Platform(
        pinned ? "pinned" : thisProcessor(),
        oneDnn ? Integer.toHexString(dnnl.dnnl_get_effective_cpu_isa()) : "none",
        core,
        loadedLibraries(),
        threads);
  }

  private static String thisProcessor() {
    if (!Files.isReadable(PROCESSORS)) {
      return System.getProperty("os.arch");
    }
    try {
      return describe(Files.readAllLines(PROCESSORS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first processor of Linux's list. */
  static String describe(List<String> lines) {
    Map<String, String> first = new TreeMap<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        first.putIfAbsent(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
      }
    }
    TreeSet<String> instructions = new TreeSet<>();
    for (String flag : first.getOrDefault("flags", "").split(" ", -1)) {
      if (ARITHMETIC.stream().anyMatch(flag::startsWith)) {
        instructions.add(flag);
      }
    }
    return "%s family %s model %s %s"
        .formatted(
            first.getOrDefault("vendor_id", "unknown"),
            first.getOrDefault("cpu family", "?"),
            first.getOrDefault("model", "?"),
            String.join(" ", instructions));
  }

  private static String loadedLibraries() {
    List<String> found = new ArrayList<>();
    new TreeMap<>(Loader.getLoadedLibraries())
        .forEach(
            (name, path) -> {
              if (LIBRARIES.stream().anyMatch(name::startsWith)) {
                found.add(Path.of(path).getFileName() + ":" + checksum(path));
              }
            });
    return String.join(" ", found);
  }

  /** The checksum that the jar holds, which costs nothing; the size of a library outside a jar. */
  private static String checksum(String path) {
    int inside = path.indexOf(JAR);
    try {
      if (inside >= 0) {
        URL url = Loader.class.getResource("/" + path.substring(inside + JAR.length()));
        if (url != null && url.openConnection() instanceof JarURLConnection jar) {
          return Long.toHexString(jar.getJarEntry().getCrc());
        }
      }
      return Files.size(Path.of(path)) + "B";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All of it in one line. */
  public String line() {
    return "%s; oneDNN %s; OpenBLAS %s; %s; %s thread%s an operation"
        .formatted(
            processor, instructionSet, openBlasCore, libraries, threads, threads == 1 ? "" : "s");
  }
}
