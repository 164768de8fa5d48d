package org.espalier.launch;

import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.espalier.text.InputException;

/**
 * Where this program lies on this machine.
 *
 * @param home folder of the clone, with {@code submit/}
 * @param jars files to ship to a cluster: the program first, then its libraries without those that
 *     Spark brings; empty where the program was not started by its launcher
 * @param log folder for logs
 */
public record Installation(String home, List<String> jars, String log) {
  /** Spark has newer ones of its own, which must not be hidden. */
  private static final Pattern OF_SPARK =
      Pattern.compile(
          "(slf4j-api|commons-[a-z0-9]+|jackson-(core|databind|annotations))-[0-9.]+jar");

  public Installation {
    Objects.requireNonNull(home, "home");
    Objects.requireNonNull(log, "log");
    jars = List.copyOf(jars);
  }

  /** What {@code submit/espalier} said when it started this process. */
  public static Installation here() {
    return of(
        System.getProperty("espalier.home", "."),
        System.getProperty("espalier.jars", ""),
        System.getProperty("espalier.log", System.getProperty("java.io.tmpdir")));
  }

  /**
   * An installation.
   *
   * @param home folder of the clone
   * @param classPath of Espalier without Spark, the program first
   * @param log folder for logs
   */
  public static Installation of(String home, String classPath, String log) {
    List<String> jars =
        Arrays.stream(classPath.split(Pattern.quote(File.pathSeparator), -1))
            .filter(jar -> !jar.isEmpty())
            .filter(jar -> !OF_SPARK.matcher(new File(jar).getName()).matches())
            .toList();
    return new Installation(home, jars, log);
  }

  String program() {
    requireJars();
    return jars.get(0);
  }

  String libraries() {
    requireJars();
    return String.join(",", jars.subList(1, jars.size()));
  }

  private void requireJars() {
    if (jars.isEmpty()) {
      throw new InputException(
          "which jars to ship is not known: start by submit/espalier, which says so");
    }
  }
}
