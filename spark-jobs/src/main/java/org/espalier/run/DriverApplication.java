package org.espalier.run;

import java.nio.file.Path;
import java.util.function.Function;

/**
 * Which application of a cluster this process is the driver of. A cluster that starts a driver
 * again, on whatever machine, gives it the same application: the new attempt may take over what the
 * old one held.
 */
final class DriverApplication {
  /** Given by whoever submits, for where Spark gives all attempts nothing of their own. */
  static final String SUBMISSION = "spark.espalier.submission";

  private DriverApplication() {}

  /** The application of this process, empty if its driver runs outside of a cluster. */
  static String here() {
    return of(name -> System.getProperty(name, ""));
  }

  /**
   * The application.
   *
   * @param property Java's system properties by name, empty where there is none
   */
  static String of(Function<String, String> property) {
    // Spark's application master sets it for all attempts alike.
    String yarn = property.apply("spark.yarn.app.id");
    if (!yarn.isEmpty()) {
      return yarn;
    }
    String supervised = supervised(property);
    // Last, as a line with the same submission can be started twice.
    return supervised.isEmpty() ? property.apply(SUBMISSION) : supervised;
  }

  /**
   * A standalone worker starts a supervised driver again in its folder, called after the driver.
   */
  private static String supervised(Function<String, String> property) {
    Path folder = Path.of(property.apply("user.dir")).getFileName();
    boolean driver =
        property.apply("spark.submit.deployMode").equals("cluster")
            && folder != null
            && folder.toString().matches("driver-[0-9]{14}-[0-9]+");
    return driver ? property.apply("spark.master") + " " + folder : "";
  }
}
