package org.espalier.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.espalier.spark.PrivateFolder;

/** Where this process writes its logs: a folder that nobody else can write. */
final class LogFolder {
  private static final String PROPERTY = "espalier.log";

  private LogFolder() {}

  /**
   * Makes the folder, or takes another one if it is not private. To be called before anything is
   * logged.
   *
   * @param err where another folder is said
   */
  static void choose(PrintWriter err) {
    String temporary = System.getProperty("java.io.tmpdir");
    Path wanted =
        Path.of(
            System.getProperty(
                PROPERTY, temporary + "/espalier-" + System.getProperty("user.name", "user")));
    try {
      Path taken = PrivateFolder.orFresh(wanted);
      if (!taken.equals(wanted.toAbsolutePath())) {
        err.printf(
            "espalier: %s is not yours alone, so logs go to %s; name another folder by"
                + " ESPALIER_LOG%n",
            wanted, taken);
      }
      System.setProperty(PROPERTY, taken.toString());
    } catch (IOException e) {
      // Nothing can be written there; work goes on without a log.
      System.setProperty(PROPERTY, "/dev/null/espalier");
    }
  }
}
