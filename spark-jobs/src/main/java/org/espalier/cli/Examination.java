package org.espalier.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.espalier.export.OnnxModel;
import org.espalier.tensor.DeviceException;
import org.espalier.tensor.NativeLibraryException;
import org.espalier.tensor.NativeRuntime;
import org.espalier.tensor.Platform;

/** What {@code espalier doctor} looks at. */
final class Examination {
  private static final List<String> THREADS =
      List.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "SD_MAX_THREADS", "SD_MASTER_THREADS");
  private static final long GIGABYTE = 1L << 30;

  private Examination() {}

  static List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    findings.add(java());
    findings.add(nativeLibrary());
    findings.add(threads(System.getenv().keySet().stream().filter(THREADS::contains).toList()));
    findings.add(heap(Runtime.getRuntime().maxMemory()));
    findings.add(
        nativeMemory(
            Optional.ofNullable(System.getProperty("org.bytedeco.javacpp.maxphysicalbytes"))));
    findings.add(
        Files.exists(Path.of("/dev/nvidia0"))
            ? gpu()
            : Finding.ok("gpu", "none; computing on the CPU"));
    findings.add(cache(NativeRuntime.folder()));
    findings.add(onnxRuntime());
    findings.add(disk("disk", Path.of("").toAbsolutePath()));
    findings.add(disk("temporary disk", Path.of(System.getProperty("java.io.tmpdir"))));
    return findings;
  }

  private static Finding java() {
    String text =
        "%s %s, %s"
            .formatted(
                System.getProperty("java.vm.name"),
                System.getProperty("java.vm.version"),
                System.getProperty("os.arch"));
    if (Runtime.version().feature() < 17) {
      return Finding.error("java", text, "install a JDK of version 17 or newer");
    }
    return System.getProperty("os.arch").equals("amd64")
        ? Finding.ok("java", text)
        : Finding.warning(
            "java", text, "the native binary is for amd64; choose another nd4j.classifier");
  }

  private static Finding nativeLibrary() {
    try {
      return nativeLibrary(NativeRuntime.describe());
    } catch (DeviceException e) {
      return Finding.error(
          "native library", e.getMessage(), "or build without -Pcuda to compute on the CPU");
    } catch (RuntimeException | LinkageError e) {
      return Finding.error(
          "native library",
          e instanceof NativeLibraryException ? e.getMessage() : "does not load: " + e,
          "check that the processor knows the instructions of nd4j.classifier (see /proc/cpuinfo),"
              + " that the JavaCPP cache is writable, and that libgomp1 is installed");
    }
  }

  static Finding nativeLibrary(Platform platform) {
    String text =
        "ND4J loads, oneDNN's instruction set mask is %s, %s thread an operation; %s; libraries %s"
            .formatted(
                platform.instructionSet(),
                platform.threads(),
                platform.processor(),
                platform.libraries());
    if (platform.instructionSet().equals("none")) {
      return Finding.warning(
          "native library",
          "oneDNN is not loaded: training will be many times slower",
          "choose a nd4j.classifier with onednn, as the build does by itself");
    }
    return platform.threads() == 1
        ? Finding.ok("native library", text)
        : Finding.warning("native library", text, "set OMP_NUM_THREADS=1, as submit/espalier does");
  }

  static Finding threads(List<String> set) {
    List<String> missing = THREADS.stream().filter(name -> !set.contains(name)).toList();
    return missing.isEmpty()
        ? Finding.ok("threads", "native code computes with one thread an item")
        : Finding.warning(
            "threads",
            "not set: " + String.join(", ", missing),
            "start the program by submit/espalier, which sets them to 1");
  }

  static Finding heap(long bytes) {
    String text = "heap of at most %s MB".formatted(bytes >> 20);
    return bytes < GIGABYTE / 2
        ? Finding.warning("heap", text, "set ESPALIER_HEAP=1g or more")
        : Finding.ok("heap", text);
  }

  private static Finding nativeMemory(Optional<String> limit) {
    long physical =
        ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getTotalMemorySize();
    String machine = "the machine or container has %s MB".formatted(physical >> 20);
    if (limit.isEmpty()) {
      return Finding.warning(
          "native memory",
          "no limit of its own; " + machine,
          "start the program by submit/espalier, which sets"
              + " org.bytedeco.javacpp.maxphysicalbytes");
    }
    return physical < 2 * GIGABYTE
        ? Finding.warning("native memory", machine, "2 GB or more are wanted")
        : Finding.ok("native memory", "limited to %s; %s".formatted(limit.get(), machine));
  }

  private static Finding gpu() {
    try {
      return Finding.ok("gpu", NativeRuntime.bindDevice(0));
    } catch (DeviceException e) {
      return Finding.warning(
          "gpu", e.getMessage(), "compute on the CPU, or use another build or device");
    }
  }

  static Finding cache(Path folder) {
    return NativeLibraryException.why(folder)
        .map(
            why ->
                Finding.error(
                    "javacpp cache",
                    folder + " cannot hold native libraries: " + why,
                    "set ESPALIER_CACHE to a folder on a local disk that has 1 GB free and may hold"
                        + " programs"))
        .orElseGet(() -> Finding.ok("javacpp cache", folder.toString()));
  }

  private static Finding onnxRuntime() {
    try {
      return Finding.ok("onnx runtime", OnnxModel.load() + " loads");
    } catch (NativeLibraryException e) {
      return Finding.error("onnx runtime", e.getMessage(), "as it says; exports need it");
    }
  }

  private static Finding disk(String subject, Path folder) {
    try {
      FileStore store = Files.getFileStore(folder);
      String text =
          String.format(
              Locale.ROOT,
              "%s has %.1f GB free",
              folder,
              (double) store.getUsableSpace() / GIGABYTE);
      if (!Files.isWritable(folder)) {
        return Finding.warning(subject, folder + " cannot be written", "give --output elsewhere");
      }
      return store.getUsableSpace() < GIGABYTE
          ? Finding.warning(subject, text, "free some space: at least 1 GB is wanted")
          : Finding.ok(subject, text);
    } catch (IOException e) {
      return Finding.error(subject, folder + ": " + e.getMessage(), "make the folder readable");
    }
  }
}
