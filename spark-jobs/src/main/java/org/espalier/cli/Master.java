package org.espalier.cli;

import java.util.regex.Pattern;
import org.espalier.text.InputException;

/** Which masters of Spark there are. */
final class Master {
  private static final Pattern LOCAL =
      Pattern.compile("local(\\[(\\*|[1-9][0-9]{0,5})(, *[1-9][0-9]{0,5})?])?");
  private static final Pattern ELSEWHERE =
      Pattern.compile(
          "local-cluster\\[[0-9]+, *[0-9]+, *[0-9]+]|spark://[^/\\s]+:[0-9]+|yarn|k8s://\\S+");

  private Master() {}

  /** The master itself, if there can be such a one. */
  static String checked(String master) {
    if (!LOCAL.matcher(master).matches() && !ELSEWHERE.matcher(master).matches()) {
      throw new InputException(
          "--master is local[N], local[*], spark://host:port, yarn or k8s://..., got '%s'"
              .formatted(master));
    }
    return master;
  }

  /** For commands that work in this process. */
  static void requireLocal(String master) {
    if (!LOCAL.matcher(checked(master)).matches()) {
      throw new InputException(
          "this command trains one network in this process, so --master must be local, got '%s'"
              .formatted(master));
    }
  }
}
